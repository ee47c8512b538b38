"""What was asked: the case and everything that hangs on it."""

from cases.models.agencies import AgencySending
from cases.models.amendments import CaseAmendment
from cases.models.case import Case, CasePaper, CaseParty
from cases.models.changes import CaseChange
from cases.models.documents import CaseResult, Draft, IssuedDocument
from cases.models.files import CaseFile
from cases.models.foreign import ForeignArrival, ForeignReception, PaperHandover
from cases.models.heartbeats import Heartbeat
from cases.models.history import CaseEvent, ClockEvent, DestructionRecord
from cases.models.messages import OfficerNotice, OutboxMessage
from cases.models.numbers import DailyCounter, HandoverCounter, RegisterCounter, SlipCounter
from cases.models.obligations import FeeObligation
from cases.models.payments import Payment, PaymentVoid
from cases.models.recalls import RecallConsent
from cases.models.slips import ReceptionSlip
from cases.models.tracking import StrangeCodeAttempt, TrackingAttempt
from cases.models.typed import TypedDraft
from cases.models.webhooks import Webhook

__all__ = [
    "AgencySending",
    "Case",
    "CaseAmendment",
    "CaseChange",
    "CaseEvent",
    "CaseFile",
    "CasePaper",
    "CaseParty",
    "CaseResult",
    "ClockEvent",
    "DailyCounter",
    "DestructionRecord",
    "Draft",
    "FeeObligation",
    "ForeignArrival",
    "ForeignReception",
    "HandoverCounter",
    "Heartbeat",
    "IssuedDocument",
    "OfficerNotice",
    "OutboxMessage",
    "PaperHandover",
    "Payment",
    "PaymentVoid",
    "RecallConsent",
    "ReceptionSlip",
    "RegisterCounter",
    "SlipCounter",
    "StrangeCodeAttempt",
    "TrackingAttempt",
    "TypedDraft",
    "Webhook",
]
