"""What an installation still lacks, each with the name of the variable that mends it."""

import os
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.exceptions import ImproperlyConfigured

EVERY_HOST = "*"


@register(Tags.security, deploy=True)
def installation(app_configs: Sequence[Any] | None, **_options: Any) -> list[CheckMessage]:
    """All that is missing at once; ``manage.py check --deploy`` and every process that starts ask."""
    return [Error(words, id=f"motcua.{name}") for name, words in _missing()]


def require_complete() -> None:
    """Nothing of an installation starts while something is missing.

    Raises:
        ImproperlyConfigured: with everything that is missing.
    """
    if lacking := installation(None):
        raise ImproperlyConfigured("\n".join(str(each.msg) for each in lacking))


def _missing() -> Iterator[tuple[str, str]]:
    if not {"1", "index"} <= settings.FIELD_KEYS.keys():
        yield (
            "MOTCUA_KEYS",
            "The keys for personal numbers are missing; MOTCUA_KEYS names their file (docs/operations.md).",
        )
    if not os.environ.get("DATABASE_URL"):
        yield "DATABASE_URL", "DATABASE_URL is not set; it names the database, for the application role."
    if not settings.REDIS_URL:
        yield "REDIS_URL", "REDIS_URL is not set; without a queue no message is ever sent."
    if settings.EMAIL_USE_TLS and settings.EMAIL_USE_SSL:
        yield (
            "EMAIL_USE_TLS",
            "EMAIL_USE_TLS and EMAIL_USE_SSL exclude each other; set the one of your server.",
        )
    place = urlsplit(settings.PUBLIC_URL)
    if place.scheme not in {"http", "https"} or not place.hostname:
        yield (
            "PUBLIC_URL",
            f"PUBLIC_URL is no web address: {settings.PUBLIC_URL!r}. It is printed on every receipt.",
        )
        return
    if not {place.hostname, EVERY_HOST} & set(settings.ALLOWED_HOSTS):
        yield "ALLOWED_HOSTS", f"ALLOWED_HOSTS does not name {place.hostname}, the host of PUBLIC_URL."
    if place.scheme == "https" and not settings.TRUSTED_PROXIES:
        yield (
            "TRUSTED_PROXIES",
            "PUBLIC_URL is https, but TRUSTED_PROXIES names no proxy that may say so.",
        )
