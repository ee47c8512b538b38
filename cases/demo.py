"""A believable fortnight at three counters, made by the real actions for people who try the system out.

Every name and number is invented. Cases are written only into data that ``up`` itself created.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID, uuid5

from cases import actions
from cases.actions import Immediate, Intake, PaperTaken, Person
from cases.choices import IdentityCheck, IdKind
from cases.models import Case
from procedures.choices import Channel, PaperKind
from procedures.models import ProcedureVersion
from procedures.quotes import categories_that_matter, channels_offered
from staff.actor import Actor, actor_for
from staff.clock import LOCAL
from staff.demo import DINH_HOA, HAC_THANH, MUONG_LAT
from staff.models import Membership
from staff.queries import current_calendar, members_with, working_point
from staff.rights import Capability, Role
from staff.work_calendar import DEFAULT_HOURS

KEYS: Final = UUID("6f1c9a52-5d1c-4a7e-9a43-2f1f6f0d2c11")
SEED: Final = 20261121
DAYS_BACK: Final = 10

SURNAMES: Final = (
    "Nguyễn",
    "Lê",
    "Trịnh",
    "Phạm",
    "Hoàng",
    "Đỗ",
    "Bùi",
    "Vũ",
    "Lưu",
    "Hà",
    "Ngô",
    "Quách",
    "Cao",
)
MIDDLES: Final = (("Văn", "Đình", "Quốc", "Đức", "Minh"), ("Thị", "Thị", "Thu", "Ngọc", "Khánh"))
GIVEN: Final = (
    ("Hải", "Tuất", "Chung", "Toàn", "Định", "Thắng", "Quý", "Long", "Dũng", "Thiết"),
    ("Hương", "Mai", "Loan", "Ánh", "Linh", "Nhàn", "Sáu", "Hòe", "Vân", "Dậu"),
)
HAMLETS: Final = {
    DINH_HOA: ("Thôn Tân Long", "Thôn Đồng Tâm", "Thôn Thành Phú", "Thôn Công Bình"),
    MUONG_LAT: ("Bản Na Khà", "Bản Piềng Mòn", "Khu 2"),
    HAC_THANH: ("Phố Ngọc Trạo", "Phố Lam Sơn", "Phố Đông Vệ"),
}
POPULAR: Final = (
    "2.000815", "1.004873", "1.001193", "2.000635", "1.000656", "1.000894", "1.013225", "1.001612",
    "1.004859", "1.014027", "1.001731", "1.001776", "2.001035", "2.000884", "1.001022", "1.010833",
)  # fmt: skip
PER_DAY: Final = {DINH_HOA: 5, MUONG_LAT: 2, HAC_THANH: 3}


@dataclass(frozen=True)
class Counter:
    """The people of one commune who act in the demonstration."""

    gso: str
    clerks: Sequence[Actor]
    handlers: Sequence[Membership]
    leader: Actor
    leader_membership: int


def write_cases(*, at: datetime) -> int:
    """Write the fortnight up to this moment; how many cases. A second call writes nothing new."""
    chance = random.Random(SEED)  # noqa: S311 (invented people, not secrets)
    written = 0
    for gso, per_day in PER_DAY.items():
        counter = _counter(gso, at)
        for moment in _moments(at, per_day, chance):
            _write_case(counter, moment, at=at, chance=chance)
            written += 1
    return written


def _counter(gso: str, at: datetime) -> Counter:
    day = at.astimezone(LOCAL).date()
    members = list(
        Membership.objects.filter(commune__gso_code=gso, officer__must_change_password=False)
        .valid_on(day)
        .for_actor()
    )
    leader = next(m for m in members if m.role == Role.SIGNATORY)
    commune_id = leader.commune_id or 0
    return Counter(
        gso=gso,
        clerks=[actor_for(m) for m in members if m.role == Role.CLERK],
        handlers=list(members_with(commune_id, Capability.HANDLE_CASE, day=day)),
        leader=actor_for(leader),
        leader_membership=leader.pk,
    )


def _moments(at: datetime, per_day: int, chance: random.Random) -> list[datetime]:
    """Moments of reception on the last working days, today included as far as it has come."""
    calendar, today = current_calendar(), at.astimezone(LOCAL).date()
    days = [today - timedelta(days=back) for back in range(DAYS_BACK, -1, -1)]
    moments = [_moment(day, chance) for day in days if calendar.is_working_day(day) for _ in range(per_day)]
    return sorted(moment for moment in moments if moment < at)


def _moment(day: date, chance: random.Random) -> datetime:
    hour, minute = chance.choice([7, 8, 8, 9, 9, 10, 13, 14, 15, 16]), chance.randrange(30, 60)
    return datetime.combine(day, time(hour, minute), LOCAL)


def _write_case(counter: Counter, moment: datetime, *, at: datetime, chance: random.Random) -> None:
    clerk = chance.choice(counter.clerks)
    code = chance.choice(POPULAR)
    version = ProcedureVersion.objects.registrable(code, moment.astimezone(LOCAL).date())
    if version is None:
        return
    case = actions.register_case(_intake(counter, clerk, version, moment, chance), by=clerk, at=moment)
    if case.version == 1:
        _live_on(case, counter, clerk, moment, at=at, chance=chance)


def _intake(
    counter: Counter, clerk: Actor, version: ProcedureVersion, moment: datetime, chance: random.Random
) -> Intake:
    person = _person(counter.gso, chance)
    channels = [channel for channel in channels_offered(version) if channel != Channel.POST]
    at_once = version.is_immediate and chance.random() < 0.5
    groups = categories_that_matter(version, moment.date())
    return Intake(
        intake_key=uuid5(KEYS, f"{counter.gso}/{moment.isoformat()}/{person.name}"),
        procedure_code=version.procedure.code,
        situation="",
        channel=Channel(chance.choice(channels or [Channel.COUNTER])),
        reception_point_id=working_point(clerk).pk,
        principal=person,
        others=_others(counter.gso, version, moment),
        papers=_papers(version),
        identity_check=IdentityCheck.PAPER_SEEN,
        copies=chance.choice([1, 1, 2, 3]),
        pages=chance.choice([1, 2, 4]),
        categories=frozenset({"poor_household"} & set(groups)) if chance.random() < 0.2 else frozenset(),
        due_on=moment.date() + timedelta(days=10),
        due_reason="Theo kế hoạch của UBND xã",
        immediate=Immediate(f"{chance.randrange(100, 999)}/2026", counter.leader_membership)
        if at_once
        else None,
    )


def _others(gso: str, version: ProcedureVersion, moment: datetime) -> tuple[Person, ...]:
    """Who asks together with the principal, where the procedure has two."""
    chance = random.Random(moment.isoformat())  # noqa: S311 (invented people, not secrets)
    return (_person(gso, chance),) if version.procedure.principals > 1 else ()


def _person(gso: str, chance: random.Random) -> Person:
    sex, year = chance.randrange(2), chance.randrange(1948, 2004)
    name = " ".join([chance.choice(SURNAMES), chance.choice(MIDDLES[sex]), chance.choice(GIVEN[sex])])
    century = sex + (2 if year >= 2000 else 0)
    return Person(
        name=name,
        id_kind=IdKind.PERSONAL,
        id_number=f"038{century}{year % 100:02d}{chance.randrange(10**6):06d}",
        phone=f"+849{chance.randrange(10**8):08d}" if chance.random() < 0.9 else "",
        address=chance.choice(HAMLETS[gso]),
        birth_year=year,
        birth_month=chance.randrange(1, 13),
        birth_day=chance.randrange(1, 29),
    )


def _papers(version: ProcedureVersion) -> tuple[PaperTaken, ...]:
    taken = [paper for paper in version.papers.all() if paper.kind in (PaperKind.PAPER, PaperKind.EFORM)]
    return tuple(
        PaperTaken(p.name, p.kind, originals=p.originals, photocopies=p.copies, required_paper_id=p.pk)
        for p in taken
        if p.situation is None
    )


def _live_on(
    case: Case, counter: Counter, clerk: Actor, moment: datetime, *, at: datetime, chance: random.Random
) -> None:
    """Walk the case as far as its office would have come by now; some stay behind, as in life."""
    diligence = chance.random()
    handler = next(
        (m for m in counter.handlers if not m.field_codes or case.field_code in m.field_codes), None
    )
    if handler is None:
        return
    forwarded = _worked(moment, 20)
    if forwarded > at or diligence < 0.06:
        return
    case = actions.forward_case(
        case.code, by=clerk, at=forwarded, version=case.version, holder_id=handler.officer_id
    )
    worked = _within_promise(case, moment, 0.7)
    if worked > at or diligence < 0.16:
        return
    case = actions.submit_result(
        case.code, by=actor_for(handler), at=worked, version=case.version, granted=True, body=case.summary
    )
    signed = _worked(worked, 60)
    if signed > at or diligence < 0.26:
        return
    number = f"{chance.randrange(100, 999)}/UBND"
    case = actions.approve_result(
        case.code, by=counter.leader, at=signed, version=case.version, number=number
    )
    fetched = _worked(signed, 180)
    if fetched <= at and diligence > 0.4:
        actions.hand_over_result(
            case.code, by=clerk, at=fetched, version=case.version, collector=case.principal_name
        )


def _worked(since: datetime, minutes: int) -> datetime:
    """The moment when the office has worked so many minutes more."""
    return DEFAULT_HOURS.add_minutes(since, minutes, current_calendar())


def _within_promise(case: Case, moment: datetime, share: float) -> datetime:
    promised = DEFAULT_HOURS.minutes_between(moment, case.due_at, current_calendar())
    return _worked(moment, int(promised * share))
