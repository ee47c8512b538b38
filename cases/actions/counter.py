"""What stands behind every paper of the counter: the reception point, and the procedure as it is in force."""

from datetime import date

from django.utils.translation import gettext as _

from cases.errors import CaseError
from procedures.models import Procedure, ProcedureVersion
from procedures.queries import version_in_force
from staff.actor import Actor
from staff.models import ReceptionPoint


def point_of(reception_point_id: int, by: Actor) -> ReceptionPoint:
    """The reception point with its commune and centre.

    Raises:
        CaseError: ``unknown_point`` for one of another commune.
    """
    point = (
        ReceptionPoint.objects.select_related("commune", "centre")
        .filter(pk=reception_point_id, commune_id=by.home_id)
        .first()
    )
    if point is None:
        raise CaseError("unknown_point", _("Điểm tiếp nhận này không thuộc xã của tài khoản."))
    return point


def version_taken(code: str, day: date) -> ProcedureVersion:
    """The version of a procedure that this counter takes in on this day.

    Raises:
        CaseError: ``procedure_not_registrable``.
    """
    procedure = Procedure.objects.registrable().select_related("field").filter(code=code).first()
    version = version_in_force(procedure, day) if procedure else None
    if version is None or procedure is None:
        raise CaseError("procedure_not_registrable", _("Thủ tục này hiện không tiếp nhận được tại đây."))
    version.procedure = procedure
    return version
