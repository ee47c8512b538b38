"""Letters over SMTP. The Message-ID is the idempotency key: a mailbox can show a repeated letter once."""

import smtplib
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage

from cases.notices.addresses import Letter
from cases.notices.outcomes import Accepted, Outcome, Refused, Retry
from cases.notices.wording import LETTERS, SUBJECTS

FOR_GOOD: Final = 500


def is_set_up() -> bool:
    """Whether this installation can send letters."""
    return bool(settings.EMAIL_HOST)


def send_mail(letter: Letter) -> Outcome:
    """Hand one letter to the mail server; five seconds for each answer of it."""
    host = urlsplit(settings.PUBLIC_URL).hostname or "localhost"
    message = EmailMessage(
        subject=str(SUBJECTS[letter.template]) % letter.params,
        body=str(LETTERS[letter.template]) % letter.params,
        to=[letter.to],
        headers={"Message-ID": f"<{letter.key}@{host}>", "Auto-Submitted": "auto-generated"},
    )
    try:
        message.send()
    except smtplib.SMTPRecipientsRefused as refusal:
        return _answered(min(code for code, _words in refusal.recipients.values()))
    except smtplib.SMTPAuthenticationError as refusal:
        return Retry(f"unauthorised:{refusal.smtp_code}", is_silent=True)
    except smtplib.SMTPResponseException as refusal:
        return _answered(refusal.smtp_code)
    except (OSError, smtplib.SMTPException):
        return Retry("silence", is_silent=True)
    return Accepted()


def _answered(code: int) -> Outcome:
    """A mail server says with its first digit whether a later try may succeed."""
    return Refused(f"declined:{code}") if code >= FOR_GOOD else Retry(f"busy:{code}")
