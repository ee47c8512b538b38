"""What may be chosen at reception, for the screen and for other systems alike."""

from datetime import datetime
from typing import Any

from cases.actions.counter import rules_of
from cases.forms.intake import OnOffer
from procedures.models import ProcedureVersion
from procedures.quotes import categories_that_matter, channels_offered
from staff import clock
from staff.actor import Actor
from staff.queries import current_calendar, members_with
from staff.rights import Capability


def offer_for(actor: Actor, wanted: str, at: datetime, received: datetime) -> OnOffer:
    """What may be chosen once this procedure is, by what was in force when the citizen came."""
    day = clock.localdate(received)
    version = None if "\x00" in wanted else ProcedureVersion.objects.registrable(wanted.strip(), day)
    if version is None:
        return OnOffer(None, day, current_calendar(), actor=actor, at=at, received_at=received)
    rules = rules_of(actor.home_id, day)
    return OnOffer(
        version,
        day,
        rules.calendar,
        rules=rules,
        channels=channels_offered(version),
        categories=categories_that_matter(version, day, rules.exemptions),
        actor=actor,
        signers=_signers(actor, version, received),
        at=at,
        received_at=received,
    )


def _signers(actor: Actor, version: ProcedureVersion, at: datetime) -> list[Any]:
    if not version.is_immediate:
        return []
    leaders = members_with(actor.home_id, Capability.APPROVE_RESULT, day=clock.localdate(at))
    return list(leaders.exclude(officer_id=actor.officer_id))
