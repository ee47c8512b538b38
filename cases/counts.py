"""How many cases are open by state and promise: counted once, kept, and brought up to date at every look.

Counting reads up to two thousand entries of an index for each number, so what was counted is kept in the
shared cache beside the snapshot of the database in which it was true. Triggers note which versions of open
cases a transaction wrote and which it replaced (``CaseChange``). The statement of the strip is told the
snapshot, and adds up the notes that it sees and that were not seen then: exact, whoever wrote meanwhile and
in whatever order they ended. Nobody waits for a counter, and what an officer has just done shows in her next
look. It counts anew where nothing is kept, and when a promise has passed: then cases lie in another span.
"""

import json
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import astuple, dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Final

from django.core.cache import cache
from django.db.models import Case as Choice
from django.db.models import CharField, Min, Q, Sum, Value, When
from django.db.models.expressions import RawSQL

from cases.choices import RUNNING
from cases.models import Case, CaseChange
from cases.narrowing import OPEN_STATES, ChangeQuerySet
from cases.queries import COUNT_CEILING, STATES_OF_VIEW, CaseQuerySet
from cases.queues import FAR_AHEAD, Moment, QueueFilter
from staff.actor import Actor
from staff.rights import Capability
from staff.statements import Sql

KEPT_SECONDS: Final = 1800
"""Notes are kept for longer (``cases.actions.pruning``)."""

COUNTED_TO: Final = 2 * COUNT_CEILING
"""More than is shown: a thousand cases may leave before what was counted to this end says too little."""

HERE: Final = "concat(cases_place(), ' ', extract(epoch FROM pg_stat_get_bgwriter_stat_reset_time()))"
"""The place of a snapshot, and since when: a server that recovers from a crash forgets its figures, and may
give numbers again that nobody had written down yet."""

Cell = tuple[str, str]
"""A state, and for running cases a span of promises."""

Spans = Mapping[str, tuple[datetime, datetime]]


@dataclass(frozen=True)
class Counted:
    """How many cases are in each cell.

    True at every moment from ``since`` until ``until``, in the snapshot ``seen`` of ``place`` (see ``HERE``).
    The cells in ``at_least`` were not counted to their end. The empty one knows nothing.
    """

    cells: Mapping[Cell, int] = field(default_factory=dict)
    at_least: Collection[Cell] = ()
    since: datetime = FAR_AHEAD
    until: datetime = FAR_AHEAD
    place: str = ""
    seen: str = ""

    @property
    def says_enough(self) -> bool:
        """Whether each cell is exact or still above what is shown."""
        return all(self.cells[cell] > COUNT_CEILING for cell in self.at_least)

    def by_view(self, waiting: Collection[str], spans: Collection[str]) -> dict[str, int]:
        """The counts of the strip; ``waiting`` are the states that wait for whoever looks."""
        states_of = {**STATES_OF_VIEW, "me": waiting} | dict.fromkeys(spans, RUNNING)
        return {
            view: sum(
                number
                for (state, span), number in self.cells.items()
                if state in states and (view == span or view not in spans)
            )
            for view, states in states_of.items()
        }


UNKNOWN: Final = Counted()


def key_of(actor: Actor, chosen: QueueFilter, moment: Moment) -> str:
    """Under what the counts are kept: whoever sees the same cases under the same filter asks for the same."""
    sees = actor.commune_id, actor.may(Capability.VIEW_CASES), sorted(actor.field_codes)
    asked = repr((sees, sorted(chosen.conditions.items()), moment.day, moment.until))
    return f"counts:1:{sha256(asked.encode()).hexdigest()}"


def recall(key: str, at: datetime) -> Counted:
    """What is kept under this key, unless a promise has passed since."""
    kept = Counted(*cache.get(key, ()))
    return kept if kept.since <= at <= kept.until else UNKNOWN


def keep(key: str, at: datetime, known: Counted, told: str | None) -> Counted:
    """What the database told at this moment, who knew what is known; kept for the next look.

    What a transaction counts beside its own writes is not kept: they may still be undone.
    """
    if told is None:
        return UNKNOWN
    found = json.loads(told)
    rows, at_least = found["cells"] or [], known.at_least
    if not (found["is_whole"] or rows):
        return known
    cells = Counter[Cell]() if found["is_whole"] else Counter(known.cells)
    for state, span, number, *_promise in rows:
        cells[_cell(state, span)] += number
    if found["is_whole"]:
        at_least = [cell for cell, number in cells.items() if number >= COUNTED_TO]
        until = _moment(found["until"])
    else:
        until = min(known.until, *(_moment(promise) for *_counted, promise in rows))
    counted = Counted(dict(cells), at_least, at, until, found["place"], found["seen"])
    if found["is_settled"]:
        cache.set(key, astuple(counted), KEPT_SECONDS)
    return counted


def _cell(state: str, span: str) -> Cell:
    """A case that waits to be fetched is late no more, whatever was promised."""
    return state, span if state in RUNNING else ""


def _moment(written: str | None) -> datetime:
    return datetime.fromisoformat(written) if written else FAR_AHEAD


def counts_sql(actor: Actor, chosen: QueueFilter, moment: Moment, *, place: str, seen: str) -> Sql:
    """The SQL of what ``keep`` reads: the notes since a snapshot, or all counts where there is none."""
    cases = Case.objects.visible_to(actor).narrowed(chosen).in_states(OPEN_STATES, only=chosen.state)
    changes = CaseChange.objects.visible_to(actor).narrowed(chosen)
    changes = changes.in_states(OPEN_STATES, only=chosen.state)
    if cases.query.is_empty():
        return Sql("(SELECT NULL FROM (SELECT %s, %s, %s) AS nothing)", (moment.at, place, seen))
    spans = moment.spans | {"later": (moment.until, FAR_AHEAD)}
    changed, counted = _changed(changes.not_seen_in(seen), moment, spans), _counted(cases, chosen, spans)
    promise = Case.objects.filter(commune_id=actor.home_id).running().filter(due_at__gte=moment.at)
    until, until_params = promise.order_by("due_at").values("due_at")[:1].query.sql_with_params()
    sql = f"""(
        SELECT json_build_object(
            'is_whole', NOT is_known,
            'cells', CASE WHEN is_known THEN {changed.text} ELSE {counted.text} END,
            'until', CASE WHEN NOT is_known THEN ({until}) END,
            'place', {HERE},
            'seen', pg_current_snapshot()::text,
            'is_settled', pg_current_xact_id_if_assigned() IS NULL
        )::text FROM (SELECT %s = {HERE} AS is_known) AS known
    )"""  # noqa: S608 (the ORM's own SQL)
    return Sql(sql, (*changed.params, *counted.params, *until_params, place))


def _counted(cases: CaseQuerySet, chosen: QueueFilter, spans: Spans) -> Sql:
    """Rows of state, span and number, each counted to the same end.

    The spans do not overlap, so a row is read once whatever is summed from them; to the planner all these
    counts are one.
    """
    states = [state for state in OPEN_STATES if chosen.state in ("", state)]
    rows = ", ".join(["(%s, %s::timestamptz, %s::timestamptz)"] * len(spans))
    asked = f"unnest(%s::text[]) AS asked (state), (VALUES {rows}) AS span (name, since, until)"
    one = {"state": RawSQL("asked.state", ()), "due_at__gte": RawSQL("span.since", ())}
    sql, params = cases.filter(**one, due_at__lt=RawSQL("span.until", ())).capped_count(COUNTED_TO)
    values = [states, *(value for name, span in spans.items() for value in (name, *span))]
    counts = f"json_agg(json_build_array(asked.state, span.name, {sql}))"
    return Sql(f"(SELECT {counts} FROM {asked})", (*params, *values))  # noqa: S608 (the ORM's own SQL)


def _changed(changes: ChangeQuerySet, moment: Moment, spans: Spans) -> Sql:
    """Rows of state, span, how many more there are, and the next promise that was written."""
    span = Choice(
        *(When(due_at__lt=until, then=Value(name)) for name, (_since, until) in spans.items()),
        output_field=CharField(),
    )
    promise = Min("due_at", filter=Q(sign=1, due_at__gte=moment.at))
    cells = changes.order_by().annotate(span=span).values("state", "span")
    rows = cells.annotate(number=Sum("sign"), promise=promise).values_list(
        "state", "span", "number", "promise"
    )
    sql, params = rows.query.sql_with_params()
    named = "changed (state, span, number, promise)"
    return Sql(
        f"(SELECT json_agg(json_build_array(state, span, number, promise)) FROM ({sql}) AS {named})",  # noqa: S608
        params,
    )
