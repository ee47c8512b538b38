"""The counters of every commune with the people who work there, some of them invented when missing."""

import json
import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final

from django.contrib.auth.hashers import make_password
from django.db import transaction

from cases.generator.people import full_name, telephone
from cases.generator.rows import escaped
from cases.generator.working_time import ONE_DAY, WorkingTime
from cases.history import named
from staff.actor import Actor, actor_for
from staff.demo import PEOPLE
from staff.models import Commune, Membership, Officer, OpeningHours, ReceptionPoint
from staff.queries import hours_of
from staff.rights import Role
from staff.work_calendar import OfficeHours, WorkCalendar

NEEDED: Final[Mapping[Role, tuple[int, str]]] = {
    Role.CLERK: (1, "Công chức Trung tâm Phục vụ hành chính công"),
    Role.HANDLER: (2, "Công chức chuyên môn"),
    Role.SIGNATORY: (1, "Phó Chủ tịch UBND"),
    Role.DIRECTOR: (1, "Giám đốc Trung tâm"),
}
"""How many of a role every commune has at least, for all fields and the whole time, and their title."""


@dataclass(frozen=True)
class Member:
    """An officer at work; ``written`` is the name in the history, ready to be copied."""

    actor: Actor

    @cached_property
    def told(self) -> dict[str, Any]:
        """Who made a step, as the history names him."""
        return named(self.actor)

    @cached_property
    def written(self) -> str:
        """The same as text."""
        return escaped(json.dumps(self.told, ensure_ascii=False))


@dataclass(frozen=True)
class Place:
    """A reception point and the time in which it works."""

    point: ReceptionPoint
    time: WorkingTime


@dataclass(frozen=True)
class Counter:
    """A commune that receives people: its clerks with their places, its handlers and leaders."""

    commune: Commune
    places: Mapping[int, Place]
    staff: Mapping[Role, Sequence[Member]]

    @property
    def time(self) -> WorkingTime:
        """The time in which the main point works."""
        return next(iter(self.places.values())).time

    def place_of(self, clerk: Member) -> Place:
        """Where a clerk receives people: the own point, else the main one."""
        return self.places.get(clerk.actor.reception_point_id or 0) or next(iter(self.places.values()))


@transaction.atomic
def staff_communes(communes: Iterable[Commune], *, first: date, until: date, seed: int) -> int:
    """Invent whoever is missing to keep every commune going from the first day on; how many.

    They sign in with the password of the demonstration, and not at all where there is none.
    """
    known = _at_work(first, until)
    password = Officer.objects.filter(username=PEOPLE[0].username).values_list("password", flat=True).first()
    points = {point.commune_id: point for point in ReceptionPoint.objects.filter(is_main=True)}
    missing = []
    for commune in communes:
        chance = random.Random(f"{seed}/{commune.gso_code}/staff")  # noqa: S311 (invented people)
        for role, (needed, title) in NEEDED.items():
            there = sum(m.role == role and not m.field_codes for m in known.get(commune.pk, []))
            missing += [
                (_officer(chance, commune, role, n, password), commune, role, title)
                for n in range(there + 1, needed + 1)
            ]
    officers = Officer.objects.bulk_create(row[0] for row in missing)
    Membership.objects.bulk_create(
        Membership(
            officer=officer,
            commune=commune,
            role=role,
            title=title,
            reception_point=points.get(commune.pk) if role is Role.CLERK else None,
            valid_from=first,
        )
        for officer, (_old, commune, role, title) in zip(officers, missing, strict=True)
    )
    return len(officers)


def _officer(
    chance: random.Random, commune: Commune, role: Role, number: int, password: str | None
) -> Officer:
    word = {Role.CLERK: "mc", Role.HANDLER: "cm", Role.SIGNATORY: "ky", Role.DIRECTOR: "gd"}[role]
    return Officer(
        username=f"{word}{number}.{commune.gso_code}",
        full_name=full_name(chance, number % 2),
        phone=telephone(chance),
        password=password or make_password(None),
        must_change_password=False,
    )


def _at_work(first: date, until: date) -> dict[int, list[Membership]]:
    """Who works the whole time, by commune."""
    members: dict[int, list[Membership]] = {}
    there = Membership.objects.valid_on(first).valid_on(until).filter(officer__is_active=True)
    for member in there.for_actor().order_by("pk"):
        members.setdefault(member.commune_id or 0, []).append(member)
    return members


def counters(
    communes: Iterable[Commune], calendar: WorkCalendar, *, first: date, until: date, last: date
) -> list[Counter]:
    """Every commune ready to work.

    Args:
        first: the first day on which cases are received, ``until`` the last one.
        last: the last day that may be counted with.
    """
    known = _at_work(first, until)
    hours = _hours()
    points: dict[int, dict[int, Place]] = {}
    times: dict[tuple[OfficeHours, ...], WorkingTime] = {}
    days = [first + n * ONE_DAY for n in range((last - first).days + 1)]
    for point in ReceptionPoint.objects.select_related("centre").order_by(
        "commune_id", "-is_main", "position"
    ):
        hours_on = hours(point.pk)
        alike = tuple(map(hours_on, days))
        if alike not in times:
            times[alike] = WorkingTime(hours_on, calendar, first=first, last=last)
        points.setdefault(point.commune_id, {})[point.pk] = Place(point, times[alike])
    return [Counter(commune, points[commune.pk], _by_role(known.get(commune.pk, []))) for commune in communes]


def _by_role(members: Iterable[Membership]) -> dict[Role, list[Member]]:
    """Everybody who is there for all fields."""
    staff: dict[Role, list[Member]] = {role: [] for role in NEEDED}
    for member in members:
        if member.role in NEEDED and not member.field_codes:
            staff[Role(member.role)].append(Member(actor_for(member)))
    return staff


def _hours() -> Callable[[int], Callable[[date], OfficeHours]]:
    """The hours of a point on a day, from one reading of the table."""
    rows: dict[int, list[OpeningHours]] = {}
    for row in OpeningHours.objects.order_by("pk"):
        rows.setdefault(row.point_id, []).append(row)
    built: dict[tuple[int, ...], OfficeHours] = {}

    def of_point(point_id: int) -> Callable[[date], OfficeHours]:
        def on(day: date) -> OfficeHours:
            there = [
                row
                for row in rows.get(point_id, [])
                if row.valid_from <= day and (row.valid_to is None or row.valid_to >= day)
            ]
            key = tuple(row.pk for row in there)
            if key not in built:
                built[key] = hours_of(there)
            return built[key]

        return on

    return of_point
