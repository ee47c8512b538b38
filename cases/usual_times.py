"""How long finished cases took: counted over the last ninety days, told on the page of the procedure.

Counted are the working days from the start of the clock to the decision, not to the hand-over. Cases that
were withdrawn or ended otherwise, corrections of results, and what an agency decided say nothing about the
usual way.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Count
from django.db.models.functions import TruncDate

from cases.choices import CaseKind, State
from cases.models import Case
from procedures.choices import TimeUnit
from procedures.models import UsualTime
from staff.clock import LOCAL
from staff.models import Commune
from staff.queries import current_calendar
from staff.scope import enter
from staff.work_calendar import CalendarMissing, WorkCalendar

SPAN: Final = timedelta(days=90)
DECIDED: Final = (State.RESOLVED, State.RETURNED)

Days = Counter[int]
"""How many cases took how many working days."""


def every_commune() -> list[int]:
    """The communes of this installation."""
    return list(Commune.objects.order_by("pk").values_list("pk", flat=True))


def usual_times(communes: list[int], *, day: date) -> list[UsualTime]:
    """The figures of each procedure over the ninety days that end the day before."""
    calendar, days = current_calendar(), dict[int, Days]()
    for commune in communes:
        for procedure, started, finished, cases in _finished(commune, day):
            taken = _working_days(calendar, started, finished)
            if taken is not None:
                days.setdefault(procedure, Counter())[taken] += cases
    return [_figures(procedure, counted, day) for procedure, counted in sorted(days.items())]


def percentile(counted: Mapping[int, int], percent: int) -> int:
    """The fewest days within which this part of the cases, or more, was finished (nearest rank)."""
    rank = -(-sum(counted.values()) * percent // 100)
    for taken in sorted(counted):
        rank -= counted[taken]
        if rank <= 0:
            return taken
    message = "No cases, no percentile."
    raise ValueError(message)


def _figures(procedure_id: int, counted: Days, day: date) -> UsualTime:
    return UsualTime(
        procedure_id=procedure_id,
        computed_on=day,
        cases=counted.total(),
        p50=percentile(counted, 50),
        p90=percentile(counted, 90),
        unit=TimeUnit.WORKING_DAY,
    )


def _finished(commune_id: int, day: date) -> Iterator[tuple[int, date, date, int]]:
    """Procedure, first day, last day and number of the finished cases, by the index of finishes."""
    with transaction.atomic():
        enter(commune_id)
        decided = Case.objects.filter(
            commune_id=commune_id,
            finished_on__gte=day - SPAN,
            finished_on__lt=day,
            state__in=DECIDED,
            kind=CaseKind.ORDINARY,
            competent_agency=None,
            clock_started_at__isnull=False,
        )
        started = decided.annotate(started_on=TruncDate("clock_started_at", tzinfo=LOCAL)).order_by()
        rows = started.values_list("procedure_id", "started_on", "finished_on").annotate(cases=Count("pk"))
        yield from list(rows)


def _working_days(calendar: WorkCalendar, started: date, finished: date) -> int | None:
    """Working days after the day of receipt; None where the calendar of a year is not published."""
    try:
        return calendar.working_days_between(started, finished)
    except CalendarMissing:
        return None
