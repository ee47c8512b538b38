import pytest
from django.test import RequestFactory

from config.proxies import SAID_BY_PROXIES, TrustedProxiesMiddleware

CLAIMS = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "other.example.vn", "X-Forwarded-Port": "1"}


def seen_from(address):
    request = RequestFactory().get("/", headers=CLAIMS, REMOTE_ADDR=address)
    TrustedProxiesMiddleware(lambda request: request)(request)
    return {name for name in SAID_BY_PROXIES if name in request.META}


@pytest.mark.parametrize(
    ("address", "kept"), [("10.0.0.7", set(SAID_BY_PROXIES)), ("10.0.0.8", set()), ("", set())]
)
def test_claims_about_the_connection_are_kept_from_trusted_proxies_alone(settings, address, kept):
    settings.TRUSTED_PROXIES = ["10.0.0.7"]

    assert seen_from(address) == kept
