"""Slips given instead of a receipt: who sees them, and which still wait for somebody to come back."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, Self

from django.db.models import Q, QuerySet

from cases.choices import SlipKind
from staff.actor import Actor
from staff.rights import Capability

if TYPE_CHECKING:
    from cases.models import ReceptionSlip

ANSWER_DAYS: Final = 3
"""Working days after which a guidance slip that nobody came back with is looked at."""

SLIP_DAYS: Final = 30
"""How long a slip that nobody came back with stays on the list of the counter."""


class SlipQuerySet(QuerySet["ReceptionSlip"]):
    """Slips given instead of a receipt."""

    def visible_to(self, actor: Actor | None) -> Self:
        """The slips of the membership's commune, in its fields, for those who receive cases."""
        if actor is None or actor.commune_id is None or not actor.may(Capability.REGISTER_CASE):
            return self.none()
        mine = self.filter(commune_id=actor.commune_id)
        return mine.filter(procedure__field__code__in=actor.field_codes) if actor.field_codes else mine

    def unanswered(self) -> Self:
        """Slips that no registration has followed yet."""
        return self.filter(case=None, sent=None)

    def waiting_on(self, day: date, since: date) -> Self:
        """Guidance slips of the list of the counter, given before a day, that no case has followed."""
        oldest = day - timedelta(days=SLIP_DAYS)
        return self.unanswered().filter(kind=SlipKind.GUIDANCE, issued_on__gte=oldest, issued_on__lt=since)

    def at_hand_on(self, day: date) -> Self:
        """The slips of the day, and earlier ones with which somebody may still come back."""
        since = day - timedelta(days=SLIP_DAYS)
        return self.filter(
            Q(issued_on=day) | Q(case=None, sent=None, issued_on__gte=since, issued_on__lt=day)
        )

    def keyed(self, key: tuple[int, int] | None) -> Self:
        """The slip of this year and number; none without a key."""
        return self.filter(year=key[0], serial=key[1]) if key else self.none()

    def for_slip_page(self) -> Self:
        """What one line and the page of a slip show."""
        return self.select_related(
            "procedure", "procedure_version", "reception_point", "issued_by", "case", "sent"
        )
