"""A morning at the counters of two communes, made by the real actions, for tests of the whole house.

What belongs to Định Hòa carries words that stand nowhere else, so that a leak into another commune shows.
"""

import copy
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

import pytest
from django.db import connection, transaction
from django.test import Client

from cases.actions import (
    Elsewhere,
    PaperFacts,
    PaperTaken,
    Person,
    create_webhook,
    digitise_paper,
    give_slip,
    register_elsewhere,
    send_papers,
    take_payment,
)
from cases.choices import IdKind, Schedule, State
from cases.heartbeats import beat
from cases.models import Case, CaseFile, ForeignReception, Payment, ReceptionSlip, Webhook
from cases.notices.drain import drain
from staff import clock
from staff.clock import LOCAL
from staff.models import Commune, Officer
from staff.session import MEMBERSHIP, SEEN_AT
from tests.cases import conftest as counter
from tests.cases.scans import PAPERS, a_scan

DINH_HOA = "15448"
MUONG_LAT = "14845"
HAC_THANH = "14797"
MORNING = datetime(2026, 11, 20, 10, 30, tzinfo=LOCAL)  # a Friday
PRINCIPAL = "Ngụy Khắc Khuê"
PHONE_DIGITS = "7391"
RESULT = "Giấy xác nhận riêng của họ Ngụy"
# What must never stand on a page of another commune; the name without its first word, which a test looks up.
OWN_WORDS = ("Khắc Khuê", "họ Ngụy", "84977737391", "0977 737 391", "038199007391")
WRITES = (
    "INSERT",
    "UPDATE",
    "DELETE",
    "TRUNCATE",
    "MERGE",
    "COPY",
    "CREATE",
    "ALTER",
    "DROP",
    "LOCK",
    "NEXTVAL",
)

people = counter.people
case_at = counter.case_at


@dataclass(frozen=True)
class OfficeDay:
    """The cases of the morning and everybody who may ask for them."""

    case: Case
    codes: tuple[str, ...]
    people: dict
    slip: ReceptionSlip
    file: CaseFile
    payment: Payment
    sent: ForeignReception
    webhook: Webhook

    @property
    def values(self):
        """What fills the places of every address."""
        return {
            "code": self.case.code,
            "token": self.case.tracking_token,
            "action": "forward",
            "gso_code": DINH_HOA,
            "kind": "guidance",
            "year": str(self.slip.year),
            "serial": str(self.slip.serial),
            "paper": str(self.file.paper_id),
            "key": self.file.token,
            "copy": "1",
            "payment": str(self.payment.pk),
            "number": "1",
            "webhook": self.webhook.key,
        }


@pytest.fixture
def ten_thirty(monkeypatch):
    """It is half past ten on a Friday, for everything that asks the office's clock."""
    monkeypatch.delenv("MOTCUA_NOW_OFFSET", raising=False)
    shift = (MORNING - clock.now()).total_seconds()
    monkeypatch.setenv("MOTCUA_NOW_OFFSET", str(int(shift)))


@pytest.fixture
def office_day(case_at, people, ten_thirty):
    """A case of Định Hòa in each state that lists show, and everybody of the demonstration."""
    principal = Person(
        name=PRINCIPAL, id_kind=IdKind.PERSONAL, id_number="038199007391", phone="+84977737391"
    )
    states = (State.REGISTERED, State.IN_PROGRESS, State.AWAITING_APPROVAL, State.RESOLVED, State.RETURNED)
    webhook, _secret = create_webhook("https://told.example/", [], by=people["ha.lt"], at=MORNING)
    cases = [case_at(state, principal=principal, papers=PAPERS) for state in states]
    drain(at=MORNING, batch=200)
    for schedule in Schedule:
        beat(schedule, at=MORNING)
    slip = give_slip(
        counter.a_slip(people["ha.lt"], name=PRINCIPAL, phone=principal.phone, reason=f"Xem lại {RESULT}"),
        by=people["ha.lt"],
        at=MORNING,
    )
    [file] = digitise_paper(
        cases[0].code,
        cases[0].papers.all()[0].pk,
        [a_scan(name=f"Tờ khai {PRINCIPAL}")],
        PaperFacts(summary=f"Tờ khai {PRINCIPAL}"),
        by=people["ha.lt"],
        at=MORNING,
    )
    cases[0].refresh_from_db()
    payment = take_payment(
        cases[0].code, counter.a_take(amount_vnd=1000), by=people["ha.lt"], at=MORNING, version=2
    )
    cases[0].refresh_from_db()
    sent = _sent_on(people["ha.lt"], principal)
    codes = tuple(case.code for case in cases)
    return OfficeDay(cases[0], codes, people, slip, file, payment, sent, webhook)


def _sent_on(clerk, principal):
    """A case that Định Hòa received for Hạc Thành, whose paper is on a list."""
    intake = counter.an_intake(clerk, principal=principal, papers=(PaperTaken("Tờ khai", "paper", 1),))
    there = Commune.objects.get(gso_code=HAC_THANH)
    row = register_elsewhere(intake, Elsewhere(there.pk), by=clerk, at=MORNING)
    send_papers([row.case_code], by=clerk, at=MORNING)
    return row


def signed_in(actor, *, raises=True):
    """The browser of an officer at work in this membership."""
    client = Client(raise_request_exception=raises)
    client.force_login(Officer.objects.get(pk=actor.officer_id))
    session = client.session
    session[MEMBERSHIP] = actor.membership_id
    session[SEEN_AT] = int(MORNING.timestamp())
    session.save()
    return client


@contextmanager
def undone(client):
    """What happens in this block has not happened: the tables and the browser's cookies are as before."""
    cookies = copy.deepcopy(client.cookies)
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    client.cookies = cookies


class WriteOnReadingError(AssertionError):
    """A page that only reads has written."""


def reading_only(*allowed):
    """Let no statement pass that writes, but for those into the allowed tables."""

    def refuse(execute, sql, params, many, context):
        words = sql.upper()
        is_write = words.lstrip("( \n").startswith(WRITES) or "FOR UPDATE" in words or "FOR NO KEY" in words
        if is_write and not any(f'"{table}"' in sql for table in allowed):
            raise WriteOnReadingError(sql[:200])
        return execute(sql, params, many, context)

    return connection.execute_wrapper(refuse)
