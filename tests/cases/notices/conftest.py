"""A gateway, a mail server and another system beside the office."""

import pytest

from cases.actions import create_webhook
from tests.cases.conftest import FRIDAY_MORNING
from tests.servers.mail import mail_server
from tests.servers.receiver import receiver
from tests.servers.sms_gateway import TOKEN, sms_gateway


@pytest.fixture
def gateway(settings):
    """The office sends its text messages through this gateway."""
    with sms_gateway() as found:
        settings.SMS_GATEWAY_URL, settings.SMS_GATEWAY_TOKEN = found.url, TOKEN
        yield found


@pytest.fixture
def mailbox(settings):
    """The office sends its letters through this mail server."""
    with mail_server() as found:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", found.port
        settings.DEFAULT_FROM_EMAIL = "motcua@thanhhoa.example"
        settings.PUBLIC_URL = "https://motcua.thanhhoa.example"
        yield found


@pytest.fixture
def system(settings):
    """Another system that may be told although it is on this machine."""
    settings.WEBHOOK_LOCAL_HOSTS = ["127.0.0.1"]
    with receiver() as found:
        yield found


@pytest.fixture
def subscribed(people, system):
    """Lets the membership of an officer have that system told; gives the receiver's row and its secret."""

    def subscribe(username, *, kinds=(), url="", at=FRIDAY_MORNING):
        return create_webhook(url or system.url, kinds, by=people[username], at=at)

    return subscribe
