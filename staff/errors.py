"""The family of errors that an officer or citizen may be told about."""

from django.utils.functional import Promise


class OfficeError(Exception):
    """A rule of the office stands against what was asked.

    Args:
        code: stable English name of the rule, for the API and the tests.
        message: what the person reads, in Vietnamese; worded when it is shown.
    """

    def __init__(self, code: str, message: str | Promise) -> None:
        super().__init__(code, message)
        self.code = code
        self.message = message

    def __str__(self) -> str:
        return str(self.message)
