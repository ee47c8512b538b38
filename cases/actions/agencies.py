"""Received here, decided by an agency that is no commune: the case stays with the commune that received it.

Legal source: Nghị định 118/2025/NĐ-CP, Điều 14 khoản 2 (any centre receives), Điều 18 and Điều 20 (paper
within one working day, the clock starts when the competent agency receives the file, the result returns).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cases.actions.foreign import paper_due, papers_sent
from cases.actions.intake import register_case
from cases.actions.moves import check_move, citizen_told, moving, write_move
from cases.actions.walk_in import Intake, Sent
from cases.choices import Action, CitizenNotice
from cases.documents.handover import TEMPLATE_VERSION, printed_for_agency
from cases.documents.receipt import snapshot_sha256
from cases.errors import CaseError
from cases.models import AgencySending, Case, CaseResult, PaperHandover
from cases.numbering import next_handover_number
from staff.actor import Actor
from staff.clock import localdate
from staff.models import Agency, ReceptionPoint
from staff.queries import current_calendar, working_point
from staff.rights import Capability
from staff.scope import enter
from staff.work_calendar import DEFAULT_HOURS


@dataclass(frozen=True)
class AgencyResult:
    """What the agency decided, as it stands on its paper; ``signer`` is a name, for he is no officer here."""

    granted: bool
    number: str
    signed_on: date
    signer: str
    body: str


def agency_receives_at(at: datetime) -> datetime:
    """When the agency has a file that is sent to it at this moment.

    The hours of the agencies are not known to this system: the usual hours of the province stand for them.
    """
    return DEFAULT_HOURS.open_from(at, current_calendar())


def register_at_agency(intake: Intake, agency_id: int, *, by: Actor, at: datetime) -> Case:
    """Take a case in for an agency: own code, own register, own history; the clock runs from its receipt.

    Raises:
        CaseError: as ``register_case``; ``unknown_agency``.
    """
    if not Agency.objects.filter(pk=agency_id).exists():
        raise CaseError("unknown_agency", _("Không tìm thấy cơ quan này."))
    with transaction.atomic():
        sent = Sent(None, agency_receives_at(at), agency_id=agency_id)
        case = register_case(intake, by=by, at=at, sent=sent)
        if case.competent_agency_id and not AgencySending.objects.filter(case=case).exists():
            here = ReceptionPoint.objects.get(pk=case.reception_point_id)
            AgencySending.objects.create(
                commune_id=case.commune_id,
                case=case,
                papers=papers_sent(intake),
                paper_due_at=paper_due(here, at),
            )
        return case


def list_agency_papers(codes: Collection[str], *, by: Actor, at: datetime) -> list[PaperHandover]:
    """List the papers of these cases, one list per agency; what is listed already stays there.

    Raises:
        CaseError: ``not_allowed``, ``nothing_to_send``.
    """
    if not by.may(Capability.REGISTER_CASE):
        raise CaseError("not_allowed", _("Tài khoản này không có quyền làm bước này."))
    with transaction.atomic():
        enter(by)
        chosen = Case.objects.visible_to(by).filter(code__in=codes, competent_agency__isnull=False)
        waiting = AgencySending.objects.filter(case__in=chosen, handover=None).exclude(papers=[])
        # What is waited for is looked at again once its lock is there: somebody else may have listed it.
        sendings = waiting.select_for_update(of=("self",), no_key=True)
        whole = sendings.select_related("case__competent_agency", "case__procedure")
        cases = [sending.case for sending in whole.order_by("case__code")]
        if not cases:
            raise CaseError("nothing_to_send", _("Ông bà đánh dấu hồ sơ có bản giấy chưa bàn giao."))
        agencies = sorted({case.competent_agency_id for case in cases if case.competent_agency_id})
        return [_list([c for c in cases if c.competent_agency_id == one], by=by, at=at) for one in agencies]


def send_to_agency(code: str, *, by: Actor, at: datetime, version: int) -> Case:
    """Note that the file has left for the agency.

    Raises:
        CaseError: ``not_found``, ``stale``, ``not_allowed``, ``refused``.
    """
    with moving(code, by=by, version=version) as case:
        check_move(case, Action.SEND_TO_AGENCY, by, None)
        AgencySending.objects.filter(case=case).update(sent_at=at, sent_by_id=by.officer_id)
        write_move(case, Action.SEND_TO_AGENCY, by=by, at=at, payload={"agency": case.competent_agency_id})
        return case


def record_agency_result(code: str, *, by: Actor, at: datetime, version: int, result: AgencyResult) -> Case:
    """Enter the decision of the agency; no draft and no signature of the commune.

    The decision ends the clock, not its way here. The agency tells the day of its signature and no moment:
    the end of that day stands for it, and for a signature of today the moment at which it is typed.

    Raises:
        CaseError: ``not_found``, ``stale``, ``not_allowed``, ``refused``, ``signed_later``,
            ``signed_earlier`` (before the receipt).

    Legal source: Nghị định 118/2025/NĐ-CP, Điều 19.
    """
    with moving(code, by=by, version=version) as case:
        check_move(case, Action.AGENCY_RESULT, by, None)
        if result.signed_on > localdate(at):
            raise CaseError("signed_later", _("Ngày ký không được sau hôm nay."))
        if result.signed_on < case.received_on:
            raise CaseError("signed_earlier", _("Ngày ký không được trước ngày tiếp nhận hồ sơ."))
        row = CaseResult.objects.create(
            commune_id=case.commune_id,
            case=case,
            granted=result.granted,
            number=result.number,
            summary=result.body,
            signed_on=result.signed_on,
            signer_name=result.signer,
        )
        case.finished_at = min(at, DEFAULT_HOURS.end_of(result.signed_on, current_calendar()))
        case.finished_on = result.signed_on
        payload = {"result": row.pk, "granted": result.granted, "agency": case.competent_agency_id}
        event = write_move(case, Action.AGENCY_RESULT, by=by, at=at, payload=payload)
        citizen_told(case, CitizenNotice.RESULT_READY, event=event, at=at)
        return case


def _list(cases: list[Case], *, by: Actor, at: datetime) -> PaperHandover:
    year = localdate(at).year
    sent = PaperHandover(
        commune_id=by.home_id,
        year=year,
        serial=next_handover_number(by.home_id, year),
        agency=cases[0].competent_agency,
        template_version=TEMPLATE_VERSION,
        issued_by_id=by.officer_id,
        issued_at=at,
    )
    sent.snapshot = printed_for_agency(sent, cases, point=working_point(by), officer=by.officer_name)
    sent.sha256 = snapshot_sha256(sent.snapshot)
    sent.save(force_insert=True)
    AgencySending.objects.filter(case__in=cases).update(handover=sent)
    return sent
