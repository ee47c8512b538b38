"""A batch of cases of one commune: who came when, asked for what, and what became of it."""

import random
from base64 import urlsafe_b64encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID, uuid5

from cases.choices import Delivery, DocumentKind, IdentityCheck, IdKind, PartyKind, PartyRole, Place
from cases.documents.receipt_data import TEMPLATE_VERSION
from cases.generator.counters import Counter
from cases.generator.histories import Cast, History, Subject
from cases.generator.lives import END, Fate, Life, fate_of, life
from cases.generator.offers import Bill, Catalogue, Request
from cases.generator.people import Somebody, pick, somebody
from cases.generator.promises import Promise, Promises
from cases.generator.receipts import ReceiptOffice, Told
from cases.generator.rows import Rows, empty, escaped, line
from cases.generator.working_time import Moment, OpenDay
from cases.parties import NUMBER_COLUMN, joined_names
from procedures.choices import Channel
from procedures.models import RequiredPaper
from staff.encryption import blind_index, encrypt
from staff.rights import Role

KEYS: Final = UUID("0d1f6c0e-6a35-4c55-8f5e-3a1b5a0c7f42")
DELIVERIES: Final = (*(Delivery.COUNTER.value,) * 9, Delivery.POST.value)
SENT_BY_SOMEBODY: Final = 0.12


@dataclass(frozen=True, slots=True)
class Arrival:
    """One citizen at the counter: on which day, in which working minute, and whether the case still runs."""

    day: OpenDay
    minute: int
    runs: bool


@dataclass(frozen=True, slots=True)
class Numbers:
    """Keys and numbers taken for a batch: case keys, and the last numbers given before it."""

    cases: Sequence[int]
    drafts: Iterator[int]
    results: Iterator[int]
    serials: dict[date, int]
    registers: dict[int, int]


@dataclass(frozen=True)
class Desk:
    """Everything that one commune's cases are written from."""

    counter: Counter
    catalogue: Catalogue
    promises: Promises
    seed: int
    horizon: int


class Batch:
    """Builds the rows of arrivals, one after the other, in the order in which they came."""

    def __init__(self, desk: Desk, numbers: Numbers, chance: random.Random) -> None:
        self.rows: Rows = empty()
        self._desk = desk
        self._numbers = numbers
        self._chance = chance
        self._commune = desk.counter.commune
        # Only counters that keep the hours by which the arrivals were drawn.
        self._clerks = [
            clerk
            for clerk in desk.counter.staff[Role.CLERK]
            if desk.counter.place_of(clerk).time is desk.counter.time
        ]
        self._offices = {
            pk: ReceiptOffice(desk.counter, place.point) for pk, place in desk.counter.places.items()
        }

    def write(self, arrivals: Sequence[Arrival]) -> Rows:
        """The rows of all of them."""
        for case_id, arrival in zip(self._numbers.cases, arrivals, strict=True):
            self._write(case_id, arrival)
        return self.rows

    def _write(self, case_id: int, arrival: Arrival) -> None:
        chance, desk = self._chance, self._desk
        cast = self._cast()
        place = desk.counter.place_of(cast.clerk)
        request = desk.catalogue.request(chance, arrival.day.day, immediate=False if arrival.runs else None)
        bill = desk.catalogue.bill(request, arrival.day.day)
        received = place.time.moment(arrival.minute)
        promise = desk.promises.of(bill.limit, received.at, arrival.day.hours)
        fate = fate_of(chance, runs=arrival.runs, is_immediate=request.offer.version.is_immediate)
        lived = life(
            chance,
            fate,
            received=arrival.minute,
            due=place.time.minute_of(promise.due_at),
            horizon=desk.horizon,
            closes=arrival.day.first + arrival.day.minutes - 1,
        )
        moments = [place.time.moment(step.minute) for step in lived.steps]
        entry = self._entry(case_id, arrival, request, cast, received)
        told = self._told(entry, bill, promise)
        subject = self._tell(entry, told, lived, moments)
        self._write_case(entry, told, subject)
        self._write_people(entry)
        self._write_papers(entry, told.papers)
        self._write_obligations(entry, bill)
        if fate is not Fate.AT_ONCE:
            self._write_receipt(entry, told)

    def _cast(self) -> Cast:
        staff, chance = self._desk.counter.staff, self._chance
        return Cast(
            clerk=pick(chance, self._clerks),
            handler=pick(chance, staff[Role.HANDLER]),
            leader=pick(chance, staff[Role.SIGNATORY]),
            director=pick(chance, staff[Role.DIRECTOR]),
        )

    def _entry(
        self, case_id: int, arrival: Arrival, request: Request, cast: Cast, received: Moment
    ) -> "Entry":
        chance, day = self._chance, arrival.day.day
        self._numbers.serials[day] += 1
        self._numbers.registers[day.year] += 1
        code = f"{self._commune.org_code}-{day:%y%m%d}-{self._numbers.serials[day]:04d}"
        invented: dict[str, Any] = {"commune": self._commune.name, "kind": self._commune.kind}
        first = somebody(chance, **invented)
        two = request.offer.version.procedure.principals > 1
        second = (somebody(chance, **invented, sex=1 - int(first.number[3]) % 2),) if two else ()
        sent = chance.random() < SENT_BY_SOMEBODY
        return Entry(
            case_id=case_id,
            code=code,
            register=self._numbers.registers[day.year],
            people=(first, *second),
            filer=somebody(chance, **invented) if sent else first,
            request=request,
            cast=cast,
            received=received,
            delivery=pick(chance, DELIVERIES),
            token=urlsafe_b64encode(blind_index(f"{self._desk.seed}/{code}")).rstrip(b"=").decode(),
            result_number=f"{int(chance.random() * 900) + 100}/UBND",
        )

    def _told(self, entry: "Entry", bill: Bill, promise: Promise) -> Told:
        request = entry.request
        chosen = request.situation.pk if request.situation else None
        return Told(
            code=entry.code,
            register_number=entry.register,
            people=entry.people,
            filer=entry.filer,
            offer=request.offer,
            situation=request.situation,
            papers=request.offer.papers[chosen],
            bill=bill,
            promise=promise,
            received=entry.received,
            officer=entry.cast.clerk.actor.officer_name,
            delivery=entry.delivery,
            token=entry.token,
        )

    def _tell(self, entry: "Entry", told: Told, lived: Life, moments: list[Moment]) -> Subject:
        subject = Subject(
            commune_id=self._commune.pk,
            case_id=entry.case_id,
            channel=entry.request.channel,
            due_text=told.promise.due_text,
            summary=entry.request.offer.name,
            principal=entry.principal,
            number=entry.result_number,
        )
        history = History(
            self.rows,
            subject,
            entry.cast,
            new_draft=self._numbers.drafts.__next__,
            new_result=self._numbers.results.__next__,
        )
        history.tell(lived, moments)
        history.close(collector=entry.principal if lived.fate is Fate.RETURNED else "")
        if subject.state != END[lived.fate]:
            message = f"{lived.fate} ended as {subject.state}."
            raise AssertionError(message)
        return subject

    def _write_case(self, entry: "Entry", told: Told, subject: Subject) -> None:
        request, at, promise = entry.request, entry.received.text, told.promise
        version, clerk = request.offer.version, entry.cast.clerk.actor.officer_id
        online = request.channel == Channel.ONLINE
        point = self._desk.counter.place_of(entry.cast.clerk).point.pk
        cells = (
            *(entry.case_id, self._commune.pk, entry.code, "ordinary", subject.state, subject.version),
            *(version.procedure_id, version.pk, request.situation.pk if request.situation else None),
            *(version.procedure.field.code, point, request.channel, Place.CENTRE.value),
            *(IdentityCheck.PAPER_SEEN.value, clerk if online else None, clerk, subject.holder_id),
            *(at, at, at, at, entry.received.day, told.bill.limit.amount, str(told.bill.limit.unit)),
            *(promise.due_text, promise.due_on, "", promise.trace, promise.revision),
            *(_text(subject.finished), subject.finished.day if subject.finished else None),
            *(_text(subject.returned), _text(subject.voided), entry.received.day[:4], entry.register),
            *(entry.delivery, "" if entry.delivery == Delivery.COUNTER else entry.people[0].address),
            *(request.offer.name, request.copies, request.pages, f"{{{','.join(request.categories)}}}"),
            *(entry.principal, self._key(entry), entry.token, ""),
        )
        self.rows["cases_case"].append(line(cells))

    def _key(self, entry: "Entry") -> str:
        """The key of the form: the number in the register makes it the only one in the commune."""
        return str(uuid5(KEYS, f"{self._desk.seed}/{entry.code}"))

    def _write_people(self, entry: "Entry") -> None:
        for person in entry.people:
            self._write_person(entry, PartyRole.PRINCIPAL, person)
        self._write_person(entry, PartyRole.FILER, entry.filer)

    def _write_person(self, entry: "Entry", role: PartyRole, person: Somebody) -> None:
        number, blind = encrypt(person.number, column=NUMBER_COLUMN), blind_index(person.number)
        sent = role is PartyRole.FILER and person is not entry.people[0]
        cells = (
            *(self._commune.pk, entry.case_id, role.value, PartyKind.PERSON.value, person.name),
            *(IdKind.PERSONAL.value, number, blind, person.phone, "", *person.birth, person.address),
            *("Giấy ủy quyền" if sent else "", "", ""),
        )
        self.rows["cases_caseparty"].append(line(cells))

    def _write_papers(self, entry: "Entry", papers: Sequence[RequiredPaper]) -> None:
        head = f"{self._commune.pk}\t{entry.case_id}"
        for position, paper in enumerate(papers, start=1):
            text = escaped(paper.name[:500])
            self.rows["cases_casepaper"].append(
                f"{head}\t{paper.pk}\t{position}\t{text}\t{paper.kind}\t{paper.originals}\t0"
                f"\t{paper.copies}\t\t{entry.received.text}"
            )

    def _write_obligations(self, entry: "Entry", bill: Bill) -> None:
        head = f"{self._commune.pk}\t{entry.case_id}"
        self.rows["cases_feeobligation"] += [f"{head}\t{row}" for row in bill.obligations]

    def _write_receipt(self, entry: "Entry", told: Told) -> None:
        point = self._desk.counter.place_of(entry.cast.clerk).point.pk
        kept, sha256 = self._offices[point].keep(told)
        cells = (
            *(self._commune.pk, entry.case_id, DocumentKind.RECEIPT.value, entry.code, kept),
            *(TEMPLATE_VERSION, sha256, entry.cast.clerk.actor.officer_id, entry.received.text, 1, False, ""),
        )
        self.rows["cases_issueddocument"].append(line(cells))


@dataclass(frozen=True, slots=True)
class Entry:
    """One case as it was taken in."""

    case_id: int
    code: str
    register: int
    people: tuple[Somebody, ...]
    filer: Somebody
    request: Request
    cast: Cast
    received: Moment
    delivery: str
    token: str
    result_number: str

    @property
    def principal(self) -> str:
        """Everybody who asks, as lists show it."""
        return joined_names(person.name for person in self.people)


def _text(moment: Moment | None) -> str | None:
    return moment.text if moment else None


def numbers_needed(arrivals: Sequence[Arrival]) -> tuple[Mapping[date, int], Mapping[int, int]]:
    """How many codes of each day and register numbers of each year a batch takes."""
    days: dict[date, int] = {}
    years: dict[int, int] = {}
    for arrival in arrivals:
        day = arrival.day.day
        days[day] = days.get(day, 0) + 1
        years[day.year] = years.get(day.year, 0) + 1
    return days, years
