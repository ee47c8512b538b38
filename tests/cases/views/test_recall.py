"""The citizen who was here before: the card, the offer, the consent, the same request twice."""

import re
import uuid
from datetime import timedelta

import pytest
from django.urls import reverse

from cases.actions import Person
from cases.choices import IdKind
from cases.models import Case, RecallConsent
from staff.models import AccessLog, Membership
from tests.cases.conftest import FRIDAY_MORNING
from tests.cases.test_cards import LINE
from tests.cases.views.test_intake import PAGE, a_walk_in, messages_at, the_case

pytestmark = pytest.mark.django_db
PREVIEW, RECALL = "/ho-so/moi/xem-truoc/", "/ho-so/moi/da-khai/"
NUMBER = "038185012346"
OFFER = "Đã có hồ sơ ở xã này"
WARNING = "Người này đang có hồ sơ cùng thủ tục tại xã này"
HUONG = Person(
    name="Lê Thị Hương",
    id_kind=IdKind.PERSONAL,
    id_number=NUMBER,
    phone="+84912345018",
    address="Thôn Tân Long",
    birth_year=1985,
    birth_month=3,
    birth_day=14,
)
# Keys and tokens are drawn or counted; by chance they hold any four digits.
KEYS_OF_THE_PAGE = r'<input type="hidden"[^>]*>|<meta[^>]*>|<body[^>]*>|<option value="\d*"|[?&]v=\w+|/\d+/"'
OWN_WORDS = ("Lê Thị Hương", "12345018", "12 345 018", "Tân Long", "1985")


@pytest.fixture
def desk(browse_as):
    return browse_as("ha.lt")


def just_the_number(**changes):
    """A form just begun: the number is typed and nothing else."""
    return {"intake_key": str(uuid.uuid4()), "procedure": "1.001193", "number": "038 185 012346"} | changes


def values_in(answer):
    form = answer.context["form"]
    return {name: form[name].value() for name in ("number", "name", "birth", "address", "phone")}


def without_token(answer):
    """The bytes of a page but for the token and the moment, which are new on each."""
    page = answer.content.replace(str(answer.context["csrf_token"]).encode(), b"")
    return re.sub(rb"<time.*?</time>", b"", page)


def test_card_sent_as_a_number_fills_the_person(desk):
    sent = a_walk_in("1.004873", number=LINE, name="", birth="", address="")

    case = the_case(desk.post(PAGE, sent))

    party = case.parties.get(role="principal")
    assert (party.name, party.birth_year, party.birth_month, party.birth_day) == (
        "NGUYỄN THỊ ÁNH",
        1985,
        3,
        14,
    )
    assert party.address == "Thôn Tân Long, Định Hòa, Thanh Hóa"
    assert case.identity_check == "paper_seen"


def test_card_sent_as_a_number_is_shown_laid_out_and_checks_no_identity(desk):
    sent = a_walk_in("1.004873", number=LINE, name="")
    sent = {name: value for name, value in sent.items() if not name.startswith("paper-")}

    answer = desk.post(PAGE, sent)
    database = desk.post(PAGE, sent | {"papers_in_database": "on"})

    assert answer.status_code == 422
    assert values_in(answer) == {
        "number": NUMBER,
        "name": "NGUYỄN THỊ ÁNH",
        "birth": "14/03/1985",
        "address": "Thôn Tân Long, Định Hòa, Thanh Hóa",
        "phone": "0912 345 018",
    }
    assert LINE not in answer.content.decode()
    assert the_case(database).identity_check == "none"


def test_card_sent_as_the_filers_number_fills_the_filer_alone(desk):
    sent = a_walk_in("1.004873", for_other="on", filer_number=LINE, number="", name="Lê Văn Ba")

    case = the_case(desk.post(PAGE, sent))

    names = {party.role: party.name for party in case.parties.all()}
    assert names == {"principal": "Lê Văn Ba", "filer": "NGUYỄN THỊ ÁNH"}


def test_card_that_is_none_is_echoed_with_a_message(desk):
    broken = LINE.replace("14031985", "31021985")

    answer = desk.post(PAGE, a_walk_in("1.004873", number=broken))

    assert (answer.status_code, set(messages_at(answer))) == (422, {"number"})
    assert broken in answer.content.decode()


def test_known_number_is_offered_and_nothing_more_is_said(case_at, desk):
    source = case_at("registered", principal=HUONG)

    for address in (PREVIEW, RECALL, PAGE):
        text = desk.post(address, just_the_number()).content.decode()
        assert OFFER in text, address
        said = text.replace("Thanh Hóa, nữ, sinh năm 1985", "")  # what the digits of the number say
        said = re.sub(KEYS_OF_THE_PAGE, "", said)
        assert [word for word in (*OWN_WORDS, source.code) if word in said] == [], address
    assert (RecallConsent.objects.count(), AccessLog.objects.count()) == (0, 0)


@pytest.mark.parametrize("tick", ["on", "", "038185012347", "\u202e", "x" * 5000])
def test_consent_to_another_number_is_none(case_at, desk, tick):
    case_at("registered", principal=HUONG)

    answer = desk.post(RECALL, just_the_number(recall_agreed=tick))

    assert (answer.status_code, values_in(answer)["name"]) == (200, None)
    assert RecallConsent.objects.count() == 0


def test_recall_with_consent_fills_what_is_empty_and_is_told_with_the_case(case_at, desk, clerk):
    source = case_at("registered", principal=HUONG)
    sent = just_the_number(recall_agreed=NUMBER, name="Lê Thu Hương")

    answer = desk.post(RECALL, sent)

    assert values_in(answer) == {
        "number": "038 185 012346",
        "name": "Lê Thu Hương",
        "birth": "14/03/1985",
        "address": "Thôn Tân Long",
        "phone": "+84912345018",
    }
    assert (answer.status_code, messages_at(answer)) == (200, {})
    consent = RecallConsent.objects.get()
    assert (consent.officer_id, consent.source_code) == (clerk.officer_id, source.code)
    assert [(row.case_code, row.what) for row in AccessLog.objects.all()] == [(source.code, "recall")]

    kept = {"intake_key": sent["intake_key"], "recall_agreed": NUMBER}
    case = the_case(desk.post(PAGE, a_walk_in("1.004873", another_request=source.code, **kept)))
    assert case.events.get().payload["recalled_from"] == source.code
    assert f"dùng lại dữ liệu của hồ sơ {source.code}" in desk.get(f"/ho-so/{case.code}/").content.decode()


def test_number_known_elsewhere_answers_byte_for_byte_like_an_unknown_one(case_at, desk):
    sent = just_the_number(recall_agreed=NUMBER)
    looks = [(PREVIEW, sent), (RECALL, sent), (PAGE, a_walk_in("1.004873", name="", recall_agreed=NUMBER))]
    before = [without_token(desk.post(address, data)) for address, data in looks]
    elsewhere = {"clerk": "mai.lt", "handler": "thiem.vv", "leader": "buong.lv"}

    case_at("registered", principal=HUONG, **elsewhere)
    after = [without_token(desk.post(address, data)) for address, data in looks]

    assert after == before
    assert (RecallConsent.objects.count(), AccessLog.objects.count()) == (0, 0)
    assert the_case(desk.post(PAGE, a_walk_in("1.004873"))).commune.gso_code == "15448"


def test_known_number_of_a_field_that_the_clerk_does_not_serve_is_unknown(case_at, desk, clerk):
    case_at("registered", principal=HUONG)
    Membership.objects.filter(pk=clerk.membership_id).update(field_codes=["xay-dung"])

    assert OFFER not in desk.post(PREVIEW, just_the_number(recall_agreed=NUMBER)).content.decode()


def test_recall_is_posted_by_clerks_only(browse_as):
    assert browse_as("ha.lt").get(RECALL).status_code == 405
    assert browse_as("duc.hm").post(RECALL, just_the_number()).status_code == 403


def test_same_request_is_asked_about_once_and_then_registered(case_at, desk):
    first = case_at("in_progress", principal=HUONG)
    sent = a_walk_in("1.004873", address="Thôn Tân Long", name="Lê Thị Hương Giang")

    refused = desk.post(PAGE, sent)
    text = refused.content.decode()

    assert (refused.status_code, set(messages_at(refused))) == (422, {"another_request"})
    for told in (WARNING, first.code, "Đang giải quyết", "9:42", f'href="/ho-so/{first.code}/"'):
        assert told in text
    for kept in (sent["intake_key"], 'value="Thôn Tân Long"', 'value="Lê Thị Hương Giang"'):
        assert kept in text
    assert Case.objects.count() == 1
    another = the_case(desk.post(PAGE, sent | {"another_request": first.code}))
    assert another != first


def test_same_request_already_shown_is_warned_of_before_anything_is_sent(case_at, desk):
    first = case_at("registered", principal=HUONG)

    text = desk.post(PREVIEW, a_walk_in("1.004873")).content.decode()

    assert WARNING in text
    assert first.code in text
    assert "checked" not in text.partition('name="another_request"')[2].partition(">")[0]


def test_tick_for_one_case_is_none_for_a_later_one(case_at, desk):
    first = case_at("registered", principal=HUONG)
    second = case_at("registered", principal=HUONG, at=FRIDAY_MORNING + timedelta(minutes=5))

    refused = desk.post(PAGE, a_walk_in("1.004873", another_request=first.code))

    assert refused.status_code == 422
    assert refused.context["form"].duplicates == [second, first]
    the_case(desk.post(PAGE, a_walk_in("1.004873", another_request=f"{second.code} {first.code}")))


@pytest.mark.parametrize(
    ("state", "day_before", "is_warned"),
    [
        ("registered", True, True),
        ("awaiting_approval", True, True),
        ("resolved", True, True),  # the result lies ready
        ("returned", True, False),
        ("returned", False, True),  # of today
    ],
)
def test_same_request_counts_while_open_or_of_today(case_at, desk, state, day_before, is_warned):
    at = FRIDAY_MORNING - timedelta(days=1 if day_before else 0)
    case_at(state, principal=HUONG, at=at)

    answer = desk.post(PAGE, a_walk_in("1.004873"))

    assert answer.status_code == (422 if is_warned else 302)


@pytest.mark.parametrize(
    ("changes", "is_warned"),
    [
        ({"number": ""}, True),
        ({"birth": ""}, True),
        ({"number": "", "name": "LE THI HUONG", "birth": "1985"}, True),
        ({"number": "", "birth": "1986"}, False),
        ({"number": "", "birth": ""}, False),
        ({"number": "038185099999"}, False),
    ],
)
def test_same_person_is_known_by_number_else_by_name_and_year(case_at, desk, changes, is_warned):
    case_at("registered", principal=HUONG)

    answer = desk.post(PAGE, a_walk_in("1.004873", **changes))

    assert answer.status_code == (422 if is_warned else 302)


def test_another_procedure_or_commune_is_another_request(case_at, desk, browse_as):
    case_at("registered", principal=HUONG)

    the_case(desk.post(PAGE, a_walk_in("1.001193")))
    the_case(browse_as("mai.lt").post(PAGE, a_walk_in("1.004873")))


def test_same_form_sent_twice_is_one_case_without_a_warning(desk):
    sent = a_walk_in("1.004873")

    first, again = desk.post(PAGE, sent), desk.post(PAGE, sent)

    assert (first.status_code, again.url, Case.objects.count()) == (302, first.url, 1)


def test_slip_for_the_same_request_is_given_without_the_tick(case_at, desk):
    case_at("registered", principal=HUONG)

    answer = desk.post(
        reverse("cases:slip", args=["refusal"]),
        a_walk_in("1.004873", slip_reason="Đã có hồ sơ", confirmed="1"),
    )

    assert answer.status_code == 302


def test_preview_asks_two_queries_for_the_person(case_at, desk, django_assert_num_queries):
    case_at("registered", principal=HUONG)
    sent = a_walk_in("1.004873")
    desk.get(f"{PAGE}?procedure=1.004873")  # the parts of the version are read once per process
    with django_assert_num_queries(12):  # as without a person, the offer, the same request
        desk.post(PREVIEW, sent)
    with django_assert_num_queries(9):
        desk.post(PREVIEW, sent | {"number": "", "birth": ""})


def test_recall_asks_fourteen_queries(case_at, desk, django_assert_num_queries):
    case_at("registered", principal=HUONG)
    desk.get(f"{PAGE}?procedure=1.001193")
    # the screen with bell, rules and offer (9), one transaction (2): whose data, the consent, the access (3)
    with django_assert_num_queries(14):
        desk.post(RECALL, just_the_number(recall_agreed=NUMBER))


def test_case_of_the_form_itself_is_no_duplicate_of_it(desk):
    sent = a_walk_in("1.004873")
    case = the_case(desk.post(PAGE, sent))

    shown = desk.post(PREVIEW, sent)

    assert shown.context["form"].duplicates == []
    assert case.code not in shown.content.decode()
