"""Small writes beside reading: the access log, notices read."""

from datetime import datetime

from django.db import transaction

from cases.models import Case, OfficerNotice
from staff.access_log import record_access
from staff.actor import Actor
from staff.scope import beside_reading, enter


def open_case(case: Case, *, what: str, by: Actor, at: datetime) -> None:
    """Note that an officer opened this case, its papers or its PDF: once per officer, case and hour."""
    with beside_reading(by):
        record_access(by, case_code=case.code, what=what, at=at)


def mark_notices_read(*, by: Actor, at: datetime) -> int:
    """Mark the officer's unread notices of this commune as read; how many they were."""
    with transaction.atomic():
        enter(by)
        return OfficerNotice.objects.unread_of(by).update(read_at=at)
