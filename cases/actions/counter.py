"""What stands behind every paper of the counter: the reception point, and the procedure as it is in force."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.errors import CaseError
from procedures.fees import ExemptionTerm
from procedures.models import ExemptionRule, ProcedureVersion
from procedures.quotes import terms_of
from staff.actor import Actor
from staff.gathering import Question, Rows, Values
from staff.models import OpeningHours, ReceptionPoint
from staff.queries import calendar_of, hours_of, newest_calendar
from staff.work_calendar import OfficeHours, WorkCalendar

NOT_YOUR_FIELD: Final = gettext_lazy("Tài khoản này không được giao lĩnh vực của thủ tục này.")


def point_of(reception_point_id: int, by: Actor) -> ReceptionPoint:
    """The reception point with its commune and centre.

    Raises:
        CaseError: ``unknown_point`` for one of another commune.
    """
    point = (
        ReceptionPoint.objects.select_related("commune", "centre")
        .filter(pk=reception_point_id, commune_id=by.home_id)
        .first()
    )
    if point is None:
        raise CaseError("unknown_point", _("Điểm tiếp nhận này không thuộc xã của tài khoản."))
    return point


@dataclass(frozen=True)
class Rules:
    """What counts on one day in one commune: the calendar, the hours of its points, the exemptions."""

    day: date
    calendar: WorkCalendar
    exemptions: Sequence[ExemptionTerm]
    sessions: Sequence[OpeningHours]

    def hours(self, point_id: int | None) -> OfficeHours:
        """The working hours of one of the commune's points; of no point the province's usual ones."""
        return hours_of(session for session in self.sessions if session.point_id == point_id)


def rules_of(commune_id: int, day: date) -> Rules:
    """The rules of a day in one statement."""
    found = _rules.gather(commune=commune_id, day=day)
    return Rules(day, calendar_of(found["calendar"]), terms_of(found["exemptions"]), found["sessions"])


@Question
def _rules(commune: int, day: date) -> dict[str, Rows | Values]:
    return {
        "calendar": Values(newest_calendar()),
        "exemptions": Rows(ExemptionRule.objects.in_force(day)),
        "sessions": Rows(OpeningHours.objects.filter(point__commune_id=commune).valid_on(day)),
    }


@dataclass(frozen=True)
class Counter:
    """What a registration stands on. A page that has just read it hands it on within its request."""

    point: ReceptionPoint
    version: ProcedureVersion
    rules: Rules

    def is_for(self, reception_point_id: int, code: str, day: date, by: Actor) -> bool:
        """Whether this is the officer's own counter, for that procedure and that day."""
        mine = self.point.pk == reception_point_id and self.point.commune_id == by.home_id
        return mine and self.version.procedure.code == code and self.rules.day == day


def counter_at(point: ReceptionPoint, code: str, day: date) -> Counter:
    """What a registration of this procedure stands on at this point, read now.

    Raises:
        CaseError: ``procedure_not_registrable``.
    """
    return Counter(point, version_taken(code, day), rules_of(point.commune_id, day))


def version_taken(code: str, day: date) -> ProcedureVersion:
    """The version of a procedure that this counter takes in on this day.

    Raises:
        CaseError: ``procedure_not_registrable``.
    """
    version = ProcedureVersion.objects.registrable(code, day)
    if version is None:
        raise CaseError("procedure_not_registrable", _("Thủ tục này hiện không tiếp nhận được tại đây."))
    return version


def check_field(version: ProcedureVersion, by: Actor) -> None:
    """Whoever was given some fields takes in nothing of another: nobody begins what he may not see.

    Raises:
        CaseError: ``not_your_field``.
    """
    if not by.sees_field(version.procedure.field.code):
        raise CaseError("not_your_field", str(NOT_YOUR_FIELD))
