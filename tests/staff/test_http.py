import pytest
from django.test import RequestFactory

from staff.http import address_of

PROXY = "10.0.0.2"


@pytest.mark.parametrize(
    ("remote", "forwarded", "expected"),
    [
        ("203.0.113.7", "", "203.0.113.7"),
        ("203.0.113.7", "198.51.100.1", "203.0.113.7"),  # a stranger's claim is not believed
        (PROXY, "198.51.100.1", "198.51.100.1"),
        (PROXY, "192.0.2.9, 198.51.100.1", "198.51.100.1"),  # only what the proxy itself wrote
        (PROXY, f"198.51.100.1, {PROXY}", "198.51.100.1"),
        (PROXY, "không phải địa chỉ", PROXY),
        (PROXY, "192.0.2.9, unknown", PROXY),
        (PROXY, "", PROXY),
        (PROXY, "2001:DB8::1", "2001:db8::1"),
    ],
)
def test_address_of_believes_trusted_proxies_only(settings, remote, forwarded, expected):
    settings.TRUSTED_PROXIES = [PROXY]
    headers = {"HTTP_X_FORWARDED_FOR": forwarded.encode().decode("latin-1")} if forwarded else {}

    assert address_of(RequestFactory().get("/", REMOTE_ADDR=remote, **headers)) == expected
