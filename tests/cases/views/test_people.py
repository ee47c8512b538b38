"""Everybody at the counter, through the page: typed, registered, shown, asked back."""

import pytest
from django.urls import reverse

from tests.cases.views.test_intake import FRIDAY, PAGE, a_walk_in, messages_at, the_case
from tests.cases.views.words import plain, text_of

pytestmark = pytest.mark.django_db
MARRIAGE = "1.000894"
COMPANY = {
    "number": "0100109106",
    "name": "Công ty TNHH Mây Tre",
    "birth": "",
    "filer_name": "Trịnh Văn Toàn",
    "filer_phone": "0912 000 222",
    "is_representative": "on",
    "has_helper": "on",
    "helper_name": "Lê Thị Mai",
    "helper_from": "Tổ công nghệ số cộng đồng",
}
PAIR = {
    "name": "Phạm Văn Hải",
    "number": "038099000013",
    "birth": "1999",
    "phone": "",
    "second_name": "Souphanh Keo",
    "second_other_paper": "on",
    "second_id_kind": "passport",
    "second_number": "PA0123456",
    "second_nationality": "Lào",
    "has_contact": "on",
    "contact_name": "Phạm Văn Toàn",
    "contact_phone": "0912 000 111",
    "contact_relation": "bố",
}


@pytest.fixture
def desk(browse_as, clock_shows):
    clock_shows(FRIDAY)
    return browse_as("ha.lt")


def shown(desk, case):
    return plain(text_of(desk.get(f"/ho-so/{case.code}/")))


def test_company_is_registered_with_who_filed_typed_and_helped(desk):
    case = the_case(desk.post(PAGE, a_walk_in("2.000815", **COMPANY)))

    page = shown(desk, case)
    for words in (
        "Công ty TNHH Mây Tre Mã số thuế 0100109106",
        "Người nộp Trịnh Văn Toàn, 0912 000 222 Người đại diện theo pháp luật",
        "Người hỗ trợ Lê Thị Mai Tổ công nghệ số cộng đồng",
        "Người nhập Lê Thu Hà",
    ):
        assert words in page


def test_pair_is_registered_with_nationality_and_contact(desk):
    case = the_case(desk.post(PAGE, a_walk_in(MARRIAGE, **PAIR)))

    page = shown(desk, case)
    for words in (
        "Đăng ký kết hôn – Phạm Văn Hải, Souphanh Keo",
        "Souphanh Keo Hộ chiếu •••••3456",
        "Quốc tịch Lào",
        "Người nộp Phạm Văn Hải",
        "Người liên lạc Phạm Văn Toàn, 0912 000 111 bố",
    ):
        assert words in page
    assert "PA0123456" not in page
    assert case.code in text_of(desk.get("/ho-so/?q=souphanh"))


def test_intake_of_a_contact_and_a_helper_asks_no_more_than_of_one_alone(desk, django_assert_num_queries):
    more = {"has_contact": "on", "contact_name": "A", "contact_phone": "0912000111"}
    sent = a_walk_in("1.004873", **more | {"has_helper": "on", "helper_name": "B"})
    desk.get(PAGE)
    # as many as tests.cases.views.test_intake counts
    with django_assert_num_queries(20):
        desk.post(PAGE, sent)


def test_preview_of_a_company_opens_the_filer_and_of_a_pair_the_second(desk):
    company = desk.post(reverse("cases:intake_preview"), a_walk_in("2.000815", number="0100109106"))
    pair = desk.post(reverse("cases:intake_preview"), {"procedure": MARRIAGE})

    assert 'id="number-hint" class="whole organisation"' in company.content.decode()
    assert 'name="second_name"' not in company.content.decode()
    assert 'id="second" class="second" data-part="two"' in pair.content.decode()
    assert 'name="second_name"' in pair.content.decode()


def test_tracking_names_a_company_and_masks_a_pair(desk, client):
    company = the_case(desk.post(PAGE, a_walk_in("2.000815", **COMPANY)))
    pair = the_case(desk.post(PAGE, a_walk_in(MARRIAGE, **PAIR)))

    def opened(case, digits):
        return text_of(
            client.post(reverse("cases:track_token", args=[case.tracking_token]), {"digits": digits})
        )

    assert "Công ty TNHH Mây Tre" in opened(company, "9106")
    assert "P. V. H, S. K" in opened(pair, "3456")


@pytest.mark.parametrize("typed", ["á" * 5000, "x" * 121 + "\U0001f338"])
@pytest.mark.parametrize(
    ("tick", "field"),
    [
        ("has_contact", "contact_name"),
        ("has_contact", "contact_phone"),
        ("has_contact", "contact_relation"),
        ("has_helper", "helper_from"),
        ("other_paper", "nationality"),
        ("other_paper", "id_kind"),
        ("for_other", "filer_id_kind"),
        ("for_other", "filer_number"),
        ("second_other_paper", "second_id_kind"),
        ("second_other_paper", "second_number"),
        ("second_other_paper", "second_nationality"),
        ("second_other_paper", "second_birth"),
        ("second_other_paper", "second_phone"),
    ],
)
def test_hostile_words_about_people_are_answered_at_their_field(desk, tick, field, typed):
    sent = a_walk_in(MARRIAGE, **PAIR | {"helper_name": "A", "filer_name": "B"} | {tick: "on", field: typed})
    if field == "contact_name":
        sent[field] = typed * 2

    answer = desk.post(PAGE, sent)

    assert answer.status_code == 422
    assert field in messages_at(answer)
    assert 'value="Souphanh Keo"' in answer.content.decode()
