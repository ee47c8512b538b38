"""Narrowing questions to the tables of the office."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

if TYPE_CHECKING:
    from staff.models.organisation import Agency, Commune, OpeningHours
    from staff.models.people import Membership
    from staff.models.tokens import ApiToken


def _valid_on(day: date) -> Q:
    return Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gte=day))


class CommuneQuerySet(models.QuerySet["Commune"]):
    """Communes and wards of the province."""

    def named_like(self, folded_words: str) -> Self:
        """Communes whose present or former name contains the words, which are given without diacritics."""
        if not folded_words:
            return self
        matches = Q(name_fold__contains=folded_words) | Q(former_communes__name_fold__contains=folded_words)
        return self.filter(matches).distinct()

    def for_list(self) -> Self:
        """Wards and communes by name, with the units that they come from."""
        return self.order_by("name_fold", "pk").prefetch_related("former_communes")

    def for_place_page(self) -> Self:
        """A commune with its centre and former units."""
        return self.select_related("centre").prefetch_related("former_communes")


class AgencyQuerySet(models.QuerySet["Agency"]):
    """Competent bodies that are no commune."""

    def named_like(self, folded_words: str) -> Self:
        """Agencies one of whose names contains the words, which are given without diacritics."""
        return self.filter(names_fold__contains=folded_words).order_by("name", "pk")


class OpeningHoursQuerySet(models.QuerySet["OpeningHours"]):
    """Sessions of reception points."""

    def valid_on(self, day: date) -> Self:
        """Sessions that apply on this day."""
        return self.filter(_valid_on(day))


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Memberships of officers."""

    def valid_on(self, day: date) -> Self:
        """Memberships that let their officer work on this day."""
        return self.filter(_valid_on(day))

    def for_actor(self) -> Self:
        """Memberships with everything that an actor is made of, in one query."""
        return self.select_related("officer", "commune", "reception_point")

    def for_choice(self) -> Self:
        """Memberships in the order in which an officer chooses among them."""
        return self.for_actor().order_by(Lower("commune__name"), "role", "pk")


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    """Keys of the interface."""

    def of(self, officer_id: int) -> Self:
        """The officer's own that are not revoked, newest first, also those that have run out."""
        mine = self.filter(membership__officer_id=officer_id, revoked_at__isnull=True)
        return mine.select_related("membership__commune").order_by("-created_at", "-pk")

    def opening(self, at: datetime, day: date) -> Self:
        """The keys that open the interface now: not revoked, not run out, of officers who may work.

        A key ends with its membership, and is refused as long as its officer must change the password.
        """
        return self.filter(
            Q(membership__valid_to__isnull=True) | Q(membership__valid_to__gte=day),
            membership__valid_from__lte=day,
            membership__officer__is_active=True,
            membership__officer__must_change_password=False,
            revoked_at__isnull=True,
            expires_at__gt=at,
        ).select_related("membership__officer", "membership__commune", "membership__reception_point")
