"""Moments as they leave the interface: ISO 8601 with the offset of the office, never Z."""

from datetime import datetime
from typing import Any

from rest_framework import serializers

from staff.clock import local


class LocalMomentField(serializers.DateTimeField):
    """A moment such as 2026-11-26T17:00:00+07:00."""

    def to_representation(self, value: Any) -> str:
        """The moment as the clock in the office shows it."""
        return iso_local(value)


def iso_local(at: datetime) -> str:
    """A moment to the second, with +07:00."""
    return local(at).isoformat(timespec="seconds")
