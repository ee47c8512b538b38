"""What pages look up among many cases: the strip of counts with its choices, searches, the same request."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from cases import counts
from cases.choices import RUNNING, State
from cases.counts import Counted
from cases.earlier import PartyQuerySet, Sought
from cases.models import Case, CaseParty, OfficerNotice
from cases.queries import CaseQuerySet, QueuePage, holders_that_wait, states_that_wait
from cases.queues import LONG_AGO, NOBODY, Moment, PageKey, QueueFilter
from procedures.choices import Channel
from procedures.models import Field
from staff.actor import Actor
from staff.clock import LOCAL
from staff.encryption import blind_index
from staff.errors import OfficeError
from staff.gathering import Question, Rows
from staff.models import ReceptionPoint
from staff.queries import members_with
from staff.rights import Capability
from staff.statements import Sql, WrittenOnce
from staff.text import fold, normalise_phone
from staff.work_calendar import CalendarMissing, WorkCalendar

SOON_DAYS: Final = 1
UNREAD_AT_MOST: Final = 100
SHORTEST_NUMBER: Final = 6
SHORTEST_PART: Final = 4
MOST_DIGITS: Final = 9
MOST_SAME_SHOWN: Final = 5
NOT_IN_A_NUMBER: Final = re.compile(r"[\s.\-]")
LIKE_A_NUMBER: Final = re.compile(r"[A-Z]{0,2}[\d.+/\-]*\d[\d.+/\-]*")
"""A code, a telephone, the number of a card or of a passport."""


@dataclass(frozen=True)
class Strip:
    """The counts of the views, the unread notices, and by condition what may be chosen, with its words."""

    counts: Mapping[str, int]
    unread: int
    choices: Mapping[str, Sequence[tuple[str, str]]]

    def label(self, condition: str, value: str) -> str:
        """The words of a chosen value; empty when it cannot be chosen here."""
        return dict(self.choices[condition]).get(value, "")


def moment_of(at: datetime, day: date, calendar: WorkCalendar) -> Moment:
    """Due soon ends with the next working day; in a year without a calendar with the day after."""
    last = day
    try:
        for _number in range(SOON_DAYS):
            last = calendar.next_working_day(last)
    except CalendarMissing:
        last = day + timedelta(days=SOON_DAYS)
    return Moment(at, day, datetime.combine(last + timedelta(days=1), time(), LOCAL))


def strip_of(actor: Actor, chosen: QueueFilter, moment: Moment) -> tuple[QueueFilter, Strip, list[str]]:
    """The strip in one query; a condition that cannot be fulfilled here is dropped and told by name."""
    readable = chosen.change(**{name: "" for name in chosen.conditions if not _is_readable(name, chosen)})
    strip = _ask(actor, readable, moment)
    unknown = [name for name, value in chosen.conditions.items() if not strip.label(name, value)]
    if not unknown:
        return chosen, strip, []
    known = chosen.change(**dict.fromkeys(unknown, ""))
    return known, strip if known.conditions == readable.conditions else _ask(actor, known, moment), unknown


def found(actor: Actor, text: str, *, size: int, after: str = "", before: str = "") -> QueuePage:
    """The visible cases that fit the words, newest registration first, a page beside the case of a code.

    Digits are the whole number of somebody in the case, a telephone, or the end of the code (fewer than four
    are its last number). Words are the whole name of somebody in a case; where the commune knows nobody of
    that name, all who bear these words, the last of which may be a beginning.
    """
    page = _found(actor, text, size, _Beside(after, before))
    if page.cases or not (after or before):
        return page
    return _found(actor, text, size, _Beside())


@dataclass(frozen=True)
class _Beside:
    """Where a page of found cases begins or ends."""

    after: str = ""
    before: str = ""

    @property
    def sign(self) -> str:
        """The direction in which keys are read."""
        return "" if self.before else "-"

    def of(self, column: str, visible: CaseQuerySet) -> Q:
        """What lies beyond the case of the code, by a column that holds keys of cases."""
        code = self.before or self.after
        if not code:
            return Q()
        place = Subquery(visible.filter(code=code).values("pk")[:1])
        return Q(**{f"{column}__{'gt' if self.before else 'lt'}": place})


def _found(actor: Actor, text: str, size: int, beside: _Beside) -> QueuePage:
    visible = Case.objects.visible_to(actor)
    code = re.sub(r"\s", "", text).upper()
    keys: QuerySet[Any, Any]
    if LIKE_A_NUMBER.fullmatch(code):
        keys = _numbered(actor, text, code)
    else:
        people = _named(actor, fold(text)).filter(beside.of("case", visible))
        keys = people.order_by(f"{beside.sign}case").values("case").distinct()[: size + 1]
    fits = visible.filter(beside.of("pk", visible), pk__in=keys)
    cases = list(fits.as_queue_rows().order_by(f"{beside.sign}pk")[: size + 1])
    more, cases = len(cases) > size, cases[:size]
    if beside.before:
        cases.reverse()
    has_next = bool(cases) if beside.before else more
    has_previous = more if beside.before else bool(cases and beside.after)
    return QueuePage(
        cases,
        PageKey(None, cases[-1].code) if has_next else None,
        PageKey(None, cases[0].code) if has_previous else None,
    )


def _named(actor: Actor, name_fold: str) -> PartyQuerySet:
    """Who is called so; where nobody is, who bears these words."""
    people = CaseParty.objects.visible_to(actor)
    called = people.called(name_fold)
    return called if called.exists() else people.with_words(name_fold.split(), commune_id=actor.home_id)


def _numbered(actor: Actor, text: str, code: str) -> QuerySet[Any, Any]:
    """The keys of cases by a number of somebody in them or by the end of their code."""
    people = CaseParty.objects.visible_to(actor)
    end = f"-{code:0>{SHORTEST_PART}}" if code.isdecimal() and len(code) < SHORTEST_PART else code
    ending: QuerySet[Any, Any] = Case.objects.visible_to(actor).ending(end).values("pk")
    numbered = [people.filter(**known).values("case") for known in _numbers(text)]
    return ending.union(*numbered) if numbered else ending


def registered_today(actor: Actor, day: date) -> QuerySet[Case]:
    """The last three cases that this officer took in on a day."""
    mine = Case.objects.visible_to(actor).filter(received_on=day, typed_by_id=actor.officer_id)
    return mine.only("code", "principal_name").order_by("-code")[:3]


def same_requests(
    actor: Actor, who: Sought, *, procedure_id: int, day: date, intake_key: UUID | None
) -> Sequence[Case]:
    """Requests of this person for this procedure that are open or of the day, newest first.

    Args:
        intake_key: the screen that asks; the case that it became is none of them.
    """
    if actor.commune_id is None or not who.marks:
        return []
    values = {"commune": actor.commune_id, "procedure": procedure_id, "day": day} | who.marks
    if intake_key:
        values["key"] = intake_key
    return _same_requests.gather(actor.alike, **values)["same"]


@Question
def _same_requests(
    alike: Actor, *, commune: int, procedure: int, day: date, key: UUID | None = None, **who: Any
) -> dict[str, Rows]:
    actor = alike.seated(commune=commune)
    same = Case.objects.visible_to(actor).asking_for(procedure, day=day)
    same = same.filter(pk__in=CaseParty.objects.cases_of(Sought(**who), actor=actor))
    if key:
        same = same.exclude(intake_key=key)
    return {"same": Rows(same.order_by("-submitted_at", "-pk")[:MOST_SAME_SHOWN])}


def _numbers(text: str) -> Iterator[dict[str, Any]]:
    number = NOT_IN_A_NUMBER.sub("", text).upper()
    if len(number) < SHORTEST_NUMBER:
        return
    yield {"id_blind": blind_index(number)}
    with suppress(OfficeError):
        yield {"phone": normalise_phone(text)}


def _is_readable(name: str, chosen: QueueFilter) -> bool:
    """Whether the database can be asked for this value at all."""
    value: str = getattr(chosen, name)
    if name in {"holder", "point"}:
        is_key = value.isascii() and value.isdecimal() and len(value) <= MOST_DIGITS
        return is_key or (name == "holder" and value == NOBODY)
    return value in RUNNING if name == "state" else "\x00" not in value


def _ask(actor: Actor, chosen: QueueFilter, moment: Moment) -> Strip:
    asked = chosen.change(view="", order="", size=0)
    key = counts.key_of(actor, asked, moment)
    counted, listed = _told(actor, asked, moment, key, counts.recall(key, moment.at))
    if not counted.says_enough:
        counted, listed = _told(actor, asked, moment, key, counts.UNKNOWN)
    me, mine, unread, fields, holders, points = listed
    sums = counted.by_view(states_that_wait(actor), moment.spans)
    return Strip(
        counts=sums | {"mine": mine} | ({} if me is None else {"me": me}),
        unread=unread,
        choices={
            "field": _pairs(fields),
            "state": [(str(state), str(State(state).label)) for state in RUNNING],
            "holder": [*_pairs(holders), (NOBODY, _("Chưa phân"))],
            "channel": [(str(value), str(label)) for value, label in Channel.choices],
            "point": _pairs(points),
        },
    )


def _told(
    actor: Actor, asked: QueueFilter, moment: Moment, key: str, known: Counted
) -> tuple[Counted, list[Any]]:
    """What the statement of the strip tells who knew what is known: the counts, and the rest of its row."""
    kind = (actor.alike, asked, replace(moment, at=LONG_AGO))
    who = {"officer": actor.officer_id, "commune": actor.home_id}
    statement, params = _strip_sql.filled_in(*kind, **who, at=moment.at, place=known.place, seen=known.seen)
    with connection.cursor() as cursor:
        cursor.execute(statement.text, params)
        told, *listed = cursor.fetchone()
    return counts.keep(key, moment.at, known, told), listed


@WrittenOnce
def _strip_sql(
    alike: Actor,
    chosen: QueueFilter,
    moment: Moment,
    *,
    officer: int,
    commune: int,
    at: datetime,
    **known: str,
) -> Sql:
    """The statement of the strip, written once for a day and for all who have the same rights.

    The planner takes as long for each count that stands alone as the database to answer it; so counts of one
    kind stand together.
    """
    actor, moment = alike.seated(officer=officer, commune=commune), replace(moment, at=at)
    visible, state = Case.objects.visible_to(actor).narrowed(chosen), chosen.state
    me, mine = (visible.in_view(view, actor=actor, moment=moment, state=state) for view in ("me", "mine"))
    parts = [
        counts.counts_sql(actor, chosen, moment, **known),
        me.capped_count() if holders_that_wait(actor) else ("NULL", ()),  # else the sum over states
        mine.capped_count() if actor.may(Capability.HANDLE_CASE) else ("0", ()),
        _unread(actor),
        *map(_listed, _choices(actor, moment.day)),
    ]
    sql = ", ".join(sql for sql, _params in parts)
    return Sql(f"SELECT {sql}", tuple(value for _sql, params in parts for value in params))


def _unread(actor: Actor) -> tuple[str, tuple[Any, ...]]:
    sql, params = OfficerNotice.objects.unread_of(actor).values("pk")[:UNREAD_AT_MOST].query.sql_with_params()
    return f"(SELECT count(*) FROM ({sql}) AS unread)", params  # noqa: S608 (the ORM's own SQL)


def _choices(actor: Actor, day: date) -> list[QuerySet[Any, Any]]:
    """Fields, handlers and reception points of this officer's commune, each as key and words."""
    fields = Field.objects.order_by("sector__position", "position", "code")
    if actor.field_codes:
        fields = fields.filter(code__in=actor.field_codes)
    handlers = members_with(actor.home_id, Capability.HANDLE_CASE, day=day).select_related(None)
    points = ReceptionPoint.objects.filter(commune_id=actor.home_id).order_by("position", "pk")
    return [
        fields.values_list("code", "name"),
        handlers.order_by("officer__full_name").values_list("officer_id", "officer__full_name"),
        points.values_list("pk", "short_name"),
    ]


def _listed(rows: QuerySet[Any, Any]) -> tuple[str, tuple[Any, ...]]:
    sql, params = rows.query.sql_with_params()
    return f"(SELECT json_agg(json_build_array(a, b))::text FROM ({sql}) AS listed (a, b))", params  # noqa: S608


def _pairs(listed: str | None) -> list[tuple[str, str]]:
    return list(dict.fromkeys((str(key), str(words)) for key, words in json.loads(listed or "[]")))
