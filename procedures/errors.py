"""Errors of the procedure catalogue and its quotes."""

from staff.errors import OfficeError


class ProcedureError(OfficeError):
    """A procedure, its time limit or its fees do not allow what was asked."""
