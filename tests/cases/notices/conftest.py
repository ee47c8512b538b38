"""A gateway and a mail server beside the office."""

import pytest

from tests.servers.mail import mail_server
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
