"""The commune that received a case for another learns of each step, on its own row and nowhere else."""

from cases.choices import State
from cases.models import Case, CaseResult, ForeignReception
from staff.scope import enter

SIGNED = (State.RESOLVED, State.RETURNED)


def tell_receiver(case: Case) -> None:
    """Bring the receiver's row up to date; the transaction works for the case's commune again afterwards."""
    if case.receiving_commune_id is None:
        return
    result = CaseResult.objects.filter(case=case).last() if case.state in SIGNED else None
    enter(case.receiving_commune_id)
    ForeignReception.objects.filter(commune_id=case.receiving_commune_id, case_code=case.code).update(
        state=case.state,
        due_at=case.due_at,
        returned_at=case.returned_at,
        result_number=result.number if result else "",
        result_on=result.signed_on if result else None,
    )
    enter(case.commune_id)


def tell_paper_arrived(case: Case) -> None:
    """Say on the receiver's row that the paper has reached the competent commune."""
    if case.receiving_commune_id is None:
        return
    enter(case.receiving_commune_id)
    ForeignReception.objects.filter(commune_id=case.receiving_commune_id, case_code=case.code).update(
        paper_arrived_on=case.arrival.paper_arrived_on
    )
    enter(case.commune_id)
