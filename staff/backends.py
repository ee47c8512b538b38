"""Who a session belongs to: the officer and the memberships of today, read in one statement."""

from datetime import date
from typing import Any

from django.contrib.auth.backends import ModelBackend

from staff import clock
from staff.gathering import Question, Rows
from staff.models import Membership, Officer


class OfficeBackend(ModelBackend):
    """Reads officer and memberships anew at every request; nothing of them outlives it."""

    def get_user(self, user_id: Any) -> Officer | None:
        """The officer of a session with the memberships valid today; None for one who was shut out."""
        day = clock.localdate(clock.now())
        valid = _memberships.gather(officer=int(user_id), day=day)["valid"]
        at_work = {membership.pk: membership for membership in valid}
        if not at_work:
            return Officer.objects.filter(pk=user_id, is_active=True).first()
        officer = next(iter(at_work.values())).officer
        officer.read_with = (day, at_work)
        return officer if self.user_can_authenticate(officer) else None


@Question
def _memberships(*, officer: int, day: date) -> dict[str, Rows]:
    return {"valid": Rows(Membership.objects.filter(officer_id=officer).valid_on(day).for_actor())}
