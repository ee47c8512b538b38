"""The tables of the office."""

from staff.models.calendar import CalendarDay, CalendarRevision, CalendarYear
from staff.models.organisation import (
    Agency,
    Centre,
    Commune,
    FormerCommune,
    OpeningHours,
    ReceptionPoint,
)
from staff.models.people import Membership, Officer, OfficerManager
from staff.models.security import AccessLog, SignInEvent
from staff.models.tokens import ApiAnswer, ApiToken

__all__ = [
    "AccessLog",
    "Agency",
    "ApiAnswer",
    "ApiToken",
    "CalendarDay",
    "CalendarRevision",
    "CalendarYear",
    "Centre",
    "Commune",
    "FormerCommune",
    "Membership",
    "Officer",
    "OfficerManager",
    "OpeningHours",
    "ReceptionPoint",
    "SignInEvent",
]
