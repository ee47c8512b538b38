"""Where the office connects to: never into its own network, whatever a name says."""

import socket
from datetime import timedelta

import pytest

from cases.choices import State
from cases.errors import CaseError
from cases.models import OutboxMessage
from cases.notices.outcomes import Refused
from cases.notices.webhooks.fan_out import fan_out
from cases.notices.webhooks.posting import post
from cases.notices.webhooks.targets import is_public, target_of
from tests.cases.conftest import FRIDAY_MORNING

INSIDE = (
    *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.10", "169.254.169.254", "100.64.0.1", "0.0.0.1"),
    *("224.0.0.1", "240.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1"),
    *("ff02::1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::1", "2001:0:1::1", "nonsense"),
)


@pytest.mark.parametrize("address", INSIDE)
def test_addresses_inside_are_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["203.162.4.191", "8.8.8.8", "2405:4800::1", "::ffff:8.8.8.8"])
def test_addresses_outside_are_public(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        *("http://a.example/", "ftp://a.example/", "https://", "https:///x", "a.example", ""),
        *("https://u:p@a.example/", "https://a.example/#x", "https://a.example:99999/", "https://[::1"),
        *("https://127.0.0.1/", "https://[::1]/", "https://10.0.0.5:8443/x", "https://localhost/"),
        *(
            "https://a.example/ x",
            "https://a.example/\r\nX: 1",
            "https://a.example/ạ",
            "https://" + "a" * 500,
        ),
        *("https://[::ffff:192.168.0.1]/", "https://app.localhost/"),
    ],
)
def test_addresses_that_cannot_be_told_are_refused(url):
    with pytest.raises(CaseError) as refusal:
        target_of(url)

    assert refusal.value.code == "webhook_url"


def test_a_host_that_the_operator_names_may_be_local(settings):
    settings.WEBHOOK_LOCAL_HOSTS = ["127.0.0.1"]

    target = target_of("http://127.0.0.1:8110/cases/?a=1")

    assert (target.host, target.port, target.path, target.is_local) == (
        *("127.0.0.1", 8110, "/cases/?a=1"),
        True,
    )


def _answers(addresses):
    return lambda *_asked, **_more: [
        (socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, 443)) for one in addresses
    ]


@pytest.mark.parametrize("addresses", [["127.0.0.1"], ["8.8.8.8", "10.0.0.1"]])
def test_a_name_that_leads_inside_is_never_connected_to(monkeypatch, addresses):
    connected = []
    monkeypatch.setattr(socket, "getaddrinfo", _answers(addresses))
    monkeypatch.setattr(socket, "create_connection", lambda address, **_more: connected.append(address))

    assert post("https://told.example/", {}, b"{}") == Refused("private_address")
    assert connected == []


def test_the_address_that_was_checked_is_the_one_that_is_connected_to(monkeypatch):
    """A name that answers differently the second time is asked once only."""
    connected, answers = [], iter([["8.8.8.8"], ["127.0.0.1"]])

    def connect(address, **_more):
        connected.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", lambda *_asked, **_more: _answers(next(answers))())
    monkeypatch.setattr(socket, "create_connection", connect)

    assert post("https://told.example/", {}, b"{}").reason == "silence"
    assert connected == [("8.8.8.8", 443)]


@pytest.mark.django_db
def test_a_local_system_that_the_operator_does_not_name_any_more_hears_nothing(
    case_at, subscribed, system, settings
):
    subscribed("ha.lt")
    case_at(State.REGISTERED)
    settings.WEBHOOK_LOCAL_HOSTS = []

    fan_out(at=FRIDAY_MORNING + timedelta(seconds=10))

    message = OutboxMessage.objects.get(channel="webhook")
    assert (message.status, message.last_error, system.heard) == ("dead", "private_address", [])
