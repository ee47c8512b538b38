"""Which other systems are told of a step: those whose membership is at work and may see the case."""

from datetime import date
from typing import TYPE_CHECKING, Final, Self

from django.db.models import F, Q, QuerySet

from staff.actor import Actor
from staff.rights import RIGHTS, Capability

if TYPE_CHECKING:
    from cases.models import Webhook

VIEWERS: Final = tuple(role for role, may in RIGHTS.items() if Capability.VIEW_CASES in may)
OF_EVERY_FIELD: Final = tuple(role for role in VIEWERS if Capability.VIEW_ALL_FIELDS in RIGHTS[role])


class WebhookQuerySet(QuerySet["Webhook"]):
    """Receivers of case events; deleted ones are in no set but the whole."""

    def of(self, actor: Actor) -> Self:
        """Those of the membership in which this officer works, oldest first."""
        return self.filter(
            commune_id=actor.commune_id, membership_id=actor.membership_id, deleted_at__isnull=True
        ).order_by("pk")

    def telling(self, day: date) -> Self:
        """Those that may be told anything on this day: neither paused nor deleted, of officers at work.

        As with a key, a receiver ends with its membership, and is told nothing as long as the officer must
        change the password.
        """
        return self.filter(
            Q(membership__valid_to__isnull=True) | Q(membership__valid_to__gte=day),
            membership__valid_from__lte=day,
            membership__role__in=VIEWERS,
            membership__commune_id=F("commune_id"),
            membership__officer__is_active=True,
            membership__officer__must_change_password=False,
            paused="",
            deleted_at__isnull=True,
        )

    def told_of(self, kind: str, *, commune_id: int, field_code: str, day: date) -> Self:
        """Those that are told of a step of this kind in a case of this commune and field.

        The narrowing is that of ``visible_to``, seen from the case; a test holds the two together.
        """
        return self.telling(day).filter(
            Q(kinds=[]) | Q(kinds__contains=[kind]),
            Q(membership__role__in=OF_EVERY_FIELD)
            | Q(membership__field_codes=[])
            | Q(membership__field_codes__contains=[field_code]),
            commune_id=commune_id,
        )
