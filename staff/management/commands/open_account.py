"""The first accounts of an office; everybody gets in by a password that must be changed at once."""

import secrets
from argparse import ArgumentParser
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError
from django.utils import translation

from staff import clock
from staff.actions import open_account
from staff.models import Commune, Membership, Officer, ReceptionPoint
from staff.rights import PROVINCE_ROLES, Role

GROUPS: Final = 5
"""Of four digits each: 80 bits, which a hand can copy from a screen."""


class Command(BaseCommand):
    """One officer in one membership, from today on."""

    help = "Open an account with its first membership and print its one-time password."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Who, as what, where."""
        parser.add_argument("username", help="small letters, digits, dots; for example ha.lt")
        parser.add_argument("full_name")
        parser.add_argument("--role", required=True, choices=Role.values)
        parser.add_argument("--commune", metavar="GSO", help="five digits; province roles need none")
        parser.add_argument("--title", default="", help="as it is printed beside the name")
        parser.add_argument(
            "--point", type=int, help="number of the reception point; the main one for a clerk"
        )

    def handle(self, *_args: Any, **wish: Any) -> None:
        """Refuse what cannot be, or write both rows and say the password."""
        role = Role(wish["role"])
        commune = _commune(wish["commune"], role)
        day = clock.localdate(clock.now())
        officer = Officer(username=wish["username"], full_name=wish["full_name"].strip())
        membership = Membership(
            officer=officer,
            commune=commune,
            role=role,
            title=wish["title"],
            reception_point=_point(wish["point"], commune, role),
            valid_from=day,
        )
        password = "-".join(secrets.token_hex(2) for _ in range(GROUPS))
        _check(officer, membership)
        try:
            open_account(officer, membership, password=password)
        except IntegrityError as error:  # somebody was quicker
            raise CommandError(str(error).partition("\n")[0]) from error
        self.stdout.write(f"{officer.username}: {officer.full_name}, {role.value}, {commune or 'province'}")
        self.stdout.write(f"one-time password, told this once: {password}")


def _commune(gso: str | None, role: Role) -> Commune | None:
    if not gso:
        if role not in PROVINCE_ROLES:
            message = f"The role {role.value} works in a commune; name it with --commune."
            raise CommandError(message)
        return None
    if role == Role.PROVINCE_ADMIN:
        message = f"The role {role.value} works for the province; leave --commune out."
        raise CommandError(message)
    commune = Commune.objects.filter(gso_code=gso).first()
    if commune is None:
        message = f"There is no commune {gso}; load_reference loads them with their GSO codes."
        raise CommandError(message)
    return commune


def _point(number: int | None, commune: Commune | None, role: Role) -> ReceptionPoint | None:
    points = {point.position: point for point in ReceptionPoint.objects.filter(commune=commune)}
    if number is None:
        main = (point for point in points.values() if point.is_main)
        return next(main, None) if role == Role.CLERK else None
    if number not in points:
        known = ", ".join(f"{position} {point.name}" for position, point in sorted(points.items()))
        message = f"There is no reception point {number} here; there are: {known or 'none'}."
        raise CommandError(message)
    return points[number]


def _check(officer: Officer, membership: Membership) -> None:
    if Officer.objects.filter(username=officer.username).exists():
        message = f"The name {officer.username} is taken; nothing was changed."
        raise CommandError(message)
    try:
        with translation.override("en"):
            officer.full_clean(exclude=["password"])
            membership.full_clean(exclude=["officer"])
    except ValidationError as error:
        message = f"This account cannot be: {'; '.join(error.messages)}"
        raise CommandError(message) from error
