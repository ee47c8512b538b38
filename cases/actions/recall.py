"""Using again what a citizen declared in an earlier case of this commune, with the citizen's consent."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from cases.errors import CaseError
from cases.models import CaseParty, RecallConsent
from staff.access_log import record_access
from staff.actor import Actor
from staff.encryption import blind_index
from staff.rights import Capability
from staff.scope import enter


def recall_person(number: str, *, intake_key: UUID, by: Actor, at: datetime) -> CaseParty | None:
    """What was declared under this number, once the citizen agreed; None when this commune does not know it.

    The consent and the look into the earlier case are noted before anything is given out. Asked again from
    the same form, the consent stays one.

    Raises:
        CaseError: ``not_allowed``.
    """
    if not by.may(Capability.REGISTER_CASE):
        raise CaseError("not_allowed", _("Tài khoản này không có quyền tiếp nhận hồ sơ."))
    with transaction.atomic():
        enter(by)
        known = CaseParty.objects.visible_to(by).numbered(blind_index(number) if number else None)
        party = known.fullest_first().select_related("case").first()
        if party is None:
            return None
        consent = RecallConsent(
            commune_id=by.home_id,
            intake_key=intake_key,
            source_code=party.case.code,
            officer_id=by.officer_id,
            agreed_at=at,
        )
        RecallConsent.objects.bulk_create([consent], ignore_conflicts=True)
        record_access(by, case_code=party.case.code, what="recall", at=at)
        return party


def recalled_from(commune_id: int, intake_key: UUID, number: str) -> str:
    """The earlier case of this very person that the citizen agreed to for this form; empty if none."""
    own = CaseParty.objects.filter(commune_id=commune_id).numbered(blind_index(number) if number else None)
    agreed = RecallConsent.objects.filter(
        commune_id=commune_id, intake_key=intake_key, source_code__in=own.values("case__code")
    )
    return agreed.values_list("source_code", flat=True).first() or ""
