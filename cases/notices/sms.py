"""Text messages through one small HTTP gateway; another operator is another module beside this one.

POST of ``{"to", "template", "params"}`` with an Idempotency-Key: a gateway that has seen the key answers as
it did the first time and sends nothing.
"""

import http.client
import json
from urllib.parse import urlsplit

from django.conf import settings

from cases.notices.addresses import Letter
from cases.notices.outcomes import Outcome, Retry, of_status
from cases.notices.wording import fitting

SECONDS = 5.0


def is_set_up() -> bool:
    """Whether this installation can send text messages."""
    return bool(settings.SMS_GATEWAY_URL)


def send_sms(letter: Letter) -> Outcome:
    """Hand one message to the gateway."""
    try:
        return of_status(_post(letter))
    except (OSError, http.client.HTTPException):
        return Retry("silence", is_silent=True)


def _post(letter: Letter) -> int:
    """The status of the gateway's answer."""
    address = urlsplit(settings.SMS_GATEWAY_URL)
    kind = http.client.HTTPSConnection if address.scheme == "https" else http.client.HTTPConnection
    path = f"{address.path or '/'}?{address.query}" if address.query else address.path or "/"
    connection = kind(address.hostname or "", address.port, timeout=SECONDS)
    params = fitting(letter.template, letter.params)
    body = json.dumps({"to": letter.to, "template": letter.template, "params": params})
    headers = {
        "Content-Type": "application/json",
        "Idempotency-Key": letter.key,
        "Authorization": f"Bearer {settings.SMS_GATEWAY_TOKEN}",
    }
    try:
        connection.request("POST", path, body, headers)
        return connection.getresponse().status
    finally:
        connection.close()
