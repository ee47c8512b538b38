"""The one place where a refusal of the office becomes a message on a form."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.forms import Form

from staff.errors import OfficeError


@contextmanager
def refusals_on(form: Form, field: str | None = None) -> Iterator[None]:
    """Show what the office refuses inside this block as an error of the form, at a field if one is named."""
    try:
        yield
    except OfficeError as refusal:
        form.add_error(field, str(refusal.message))
