"""What the office refuses to do with a case."""

from staff.errors import OfficeError


class CaseError(OfficeError):
    """A rule of the office refuses what was asked of a case."""


class StaleCase(CaseError):
    """The case has changed since the page was opened."""
