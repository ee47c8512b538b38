"""The commune that received a case for another learns of each step, on its own row and nowhere else."""

from cases.choices import NoticeKind, State
from cases.models import Case, CaseResult, ForeignReception, OfficerNotice, ReceptionSlip
from staff.scope import enter

SIGNED = (State.RESOLVED, State.RETURNED)


def tell_receiver(case: Case) -> None:
    """Bring the receiver's row up to date; the transaction works for the case's commune again afterwards."""
    if case.receiving_commune_id is None:
        return
    result = CaseResult.objects.filter(case=case).last() if case.state in SIGNED else None
    enter(case.receiving_commune_id)
    rows = ForeignReception.objects.filter(commune_id=case.receiving_commune_id, case_code=case.code)
    rows.update(
        state=case.state,
        due_at=case.due_at,
        returned_at=case.returned_at,
        result_number=result.number if result else "",
        result_on=result.signed_on if result else None,
    )
    if case.state == State.RESOLVED:
        _tell_clerk(case, rows.get())
    if case.voided_at:  # the citizen's slip was not answered after all
        ReceptionSlip.objects.filter(commune_id=case.receiving_commune_id, sent__in=rows).update(sent=None)
    enter(case.commune_id)


def _tell_clerk(case: Case, row: ForeignReception) -> None:
    """Tell the officer who received the citizen that the result can be given; once per case."""
    notice = OfficerNotice(
        commune_id=row.commune_id,
        officer_id=row.received_by_id,
        foreign=row,
        key=f"{row.case_code}/{NoticeKind.FOREIGN_READY}/{row.received_by_id}",
        kind=NoticeKind.FOREIGN_READY,
        created_at=case.finished_at or row.received_at,
    )
    OfficerNotice.objects.bulk_create([notice], ignore_conflicts=True)


def tell_paper_arrived(case: Case) -> None:
    """Say on the receiver's row that the paper has reached the competent commune."""
    if case.receiving_commune_id is None:
        return
    enter(case.receiving_commune_id)
    ForeignReception.objects.filter(commune_id=case.receiving_commune_id, case_code=case.code).update(
        paper_arrived_on=case.arrival.paper_arrived_on
    )
    enter(case.commune_id)
