"""Papers leave for the communes that decide: one numbered list per commune, signed by giver and taker.

Legal source: Nghị định 118/2025/NĐ-CP, Điều 18 (paper within one working day).
"""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cases.documents.handover import TEMPLATE_VERSION, printed_list
from cases.documents.receipt import snapshot_sha256
from cases.errors import CaseError
from cases.models import ForeignReception, PaperHandover
from cases.numbering import next_handover_number
from staff.access_log import record_access
from staff.actor import Actor
from staff.clock import localdate
from staff.queries import working_point
from staff.rights import Capability
from staff.scope import enter


def send_papers(codes: Collection[str], *, by: Actor, at: datetime) -> list[PaperHandover]:
    """List the papers of these cases, one list per competent commune; what is listed already stays there.

    Raises:
        CaseError: ``not_allowed``, ``nothing_to_send``.
    """
    if not by.may(Capability.REGISTER_CASE):
        raise CaseError("not_allowed", _("Tài khoản này không có quyền làm bước này."))
    with transaction.atomic():
        enter(by)
        chosen = ForeignReception.objects.visible_to(by).filter(case_code__in=codes).paper_at_hand()
        rows = list(chosen.select_for_update(of=("self",)).select_related("competent").order_by("case_code"))
        if not rows:
            raise CaseError("nothing_to_send", _("Ông bà đánh dấu hồ sơ có bản giấy chưa bàn giao."))
        communes = sorted({row.competent_id for row in rows})
        return [_send([r for r in rows if r.competent_id == one], by=by, at=at) for one in communes]


def open_row(row: ForeignReception, *, what: str, by: Actor, at: datetime) -> None:
    """Note that an officer opened this row or its receipt: once per officer, case and hour."""
    with transaction.atomic():
        enter(by)
        record_access(by, case_code=row.case_code, what=what, at=at)


def _send(rows: list[ForeignReception], *, by: Actor, at: datetime) -> PaperHandover:
    year = localdate(at).year
    sent = PaperHandover(
        commune_id=by.home_id,
        year=year,
        serial=next_handover_number(by.home_id, year),
        competent=rows[0].competent,
        template_version=TEMPLATE_VERSION,
        issued_by_id=by.officer_id,
        issued_at=at,
    )
    sent.snapshot = printed_list(sent, rows, point=working_point(by), officer=by.officer_name)
    sent.sha256 = snapshot_sha256(sent.snapshot)
    sent.save(force_insert=True)
    ForeignReception.objects.filter(pk__in=[row.pk for row in rows]).update(handover=sent)
    return sent
