"""The screen of reception: what it promises is what is stored, and nothing that is typed breaks it."""

import re
import unicodedata
import uuid
from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse

from cases.documents.receipt_data import snapshot_of
from cases.forms.intake import IntakeForm, OnOffer
from cases.forms.papers import paper_field
from cases.models import Case
from cases.promises import preview_of
from procedures.models import ProcedureVersion
from procedures.quotes import categories_that_matter, channels_offered
from staff import clock
from staff.clock import LOCAL
from staff.queries import current_calendar, working_point

pytestmark = pytest.mark.django_db
PAGE = "/ho-so/moi/"
FRIDAY = datetime(2026, 11, 20, 9, 42, tzinfo=LOCAL)  # a Friday


@pytest.fixture(autouse=True)
def on_friday(monkeypatch):
    """Every entry point reads Friday 20/11/2026, 09:42."""
    offset = FRIDAY - datetime.now(LOCAL)  # noqa: TID251
    monkeypatch.setenv(clock.OFFSET_VARIABLE, str(offset.total_seconds()))


@pytest.fixture
def desk(browse_as):
    return browse_as("ha.lt")


def a_walk_in(code, **changes):
    """What a clerk sends: everything the procedure asks for is marked, the rest as the screen starts."""
    version = ProcedureVersion.objects.registrable(code, FRIDAY.date())
    form = IntakeForm(None, offer=OnOffer(version, FRIDAY.date(), current_calendar()))
    papers = {paper_field(paper): "on" for paper in form.shown_papers if paper_field(paper) in form.fields}
    usual = {
        "intake_key": str(uuid.uuid4()),
        "procedure": code,
        "situation": form.situation_now,
        "number": "038185012346",
        "name": "Lê Thị Hương",
        "birth": "14/03/1985",
        "phone": "0912 345 018",
        "channel": "counter",
        "delivery": "counter",
    }
    return papers | usual | changes


def the_case(answer):
    assert answer.status_code == 302, answer.content.decode()[:2000]
    found = re.fullmatch(r"/ho-so/([^/]+)/da-tiep-nhan/", answer.url)
    return Case.objects.get(code=found.group(1))


def messages_at(answer):
    return {name: [str(m) for m in found] for name, found in answer.context["form"].errors.items()}


def test_intake_of_a_walk_in_registers_it_and_shows_its_receipt(desk):
    answer = desk.post(PAGE, a_walk_in("1.004873"))
    case = the_case(answer)

    page = desk.get(answer.url)

    assert case.due_at == datetime(2026, 11, 26, 17, 0, tzinfo=LOCAL)  # Thursday, after a holiday on Tuesday
    assert page.status_code == 200
    text = page.content.decode()
    for told in (
        case.code,
        "17:00, thứ Năm 26/11/2026",
        "10.000 đ",
        "giay-tiep-nhan.pdf",
        case.tracking_token,
    ):
        assert told in text


@pytest.mark.parametrize(
    ("code", "changes", "due_at", "payable"),
    [
        ("1.004873", {}, datetime(2026, 11, 26, 17, 0, tzinfo=LOCAL), 10_000),  # Thursday
        ("1.004873", {"category": "poor_household"}, datetime(2026, 11, 26, 17, 0, tzinfo=LOCAL), 0),
        ("1.001193", {"situation": "late"}, datetime(2026, 11, 20, 17, 0, tzinfo=LOCAL), 5_000),  # the Friday
        ("1.001193", {"situation": "in_time"}, datetime(2026, 11, 20, 17, 0, tzinfo=LOCAL), 0),
        ("2.000815", {"copies": "3", "pages": "5"}, datetime(2026, 11, 20, 17, 0, tzinfo=LOCAL), 21_000),
        ("1.013225", {}, datetime(2026, 12, 7, 17, 0, tzinfo=LOCAL), 75_000),  # Monday, the 5th is a Saturday
    ],
)
def test_preview_promises_what_registration_stores(desk, code, changes, due_at, payable):
    sent = a_walk_in(code, **changes)

    shown = desk.post(reverse("cases:intake_preview"), sent).context["preview"]
    case = the_case(desk.post(PAGE, sent))

    assert (shown.due_at, shown.payable_vnd) == (due_at, payable)
    stored = sum(line.payable_vnd for line in case.obligations.all())
    assert (case.due_at, stored) == (due_at, payable)


def test_preview_of_a_screen_just_begun_judges_nothing(desk):
    sent = {"procedure": "1.004873", "number": "12", "birth": "31/2/2026", "copies": "x"}

    answer = desk.post(reverse("cases:intake_preview"), sent)

    assert (answer.status_code, messages_at(answer)) == (200, {})
    roots = re.findall(r'<\w+ [^>]*?id="([\w-]+)"[^>]* data-part', answer.content.decode())
    parts = ["picked", "procedure-part", "number-hint", "ways", "fee", "promise", "slip"]
    assert [root for root in roots if root in parts] == parts


def test_preview_after_another_procedure_falls_back_to_its_ways(desk):
    sent = a_walk_in("2.000815", channel="post", situation="divorced")  # no post, no situations

    answer = desk.post(reverse("cases:intake_preview"), sent)

    assert answer.status_code == 200
    assert answer.context["form"]["channel"].value() == "counter"


def test_intake_without_a_name_keeps_everything_and_says_what_to_do(desk):
    sent = a_walk_in("1.004873", name="", address="Thôn Tân Long")

    answer = desk.post(PAGE, sent)

    assert answer.status_code == 422
    assert messages_at(answer) == {"name": ["Ông bà nhập họ và tên chủ hồ sơ."]}
    text = answer.content.decode()
    for kept in (sent["intake_key"], 'value="Thôn Tân Long"', 'value="0912 345 018"', 'href="#id_name"'):
        assert kept in text


def test_intake_names_each_missing_paper_but_none_that_only_some_bring(desk):
    sent = {name: value for name, value in a_walk_in("1.004873").items() if not name.startswith("paper-")}

    refused = desk.post(PAGE, sent)
    form = refused.context["form"]
    asked = {row["mark"].name for row in form.paper_rows if row["mark"] and not row["paper"].only_for_some}

    assert (refused.status_code, set(messages_at(refused))) == (422, asked)
    assert len(asked) == 2  # the form, and the card that is shown
    case = the_case(desk.post(PAGE, sent | {"papers_in_database": "on"}))
    assert case.papers.count() == 2


def test_intake_by_words_lists_what_they_may_mean(desk):
    sent = a_walk_in("1.004873", procedure="xac nhan doc than")

    answer = desk.post(PAGE, sent)

    assert answer.status_code == 422
    assert set(messages_at(answer)) == {"procedure"}
    assert answer.context["options"][0].code == "1.004873"
    assert 'name="pick" value="1.004873"' in answer.content.decode()


def test_intake_with_a_picked_procedure_shows_its_papers_and_registers_nothing(desk):
    sent = a_walk_in("1.004873", procedure="xac nhan doc than", pick="1.004873", address="Thôn Tân Long")

    answer = desk.post(PAGE, sent)

    assert (answer.status_code, Case.objects.count()) == (200, 0)
    form = answer.context["form"]
    assert (form["procedure"].value(), form["address"].value()) == ("1.004873", "Thôn Tân Long")
    assert form.paper_rows


def test_intake_with_the_same_key_twice_is_one_case(desk):
    sent = a_walk_in("1.004873")

    first, again = desk.post(PAGE, sent), desk.post(PAGE, sent)

    assert (first.url, Case.objects.count()) == (again.url, 1)


def test_intake_without_a_key_is_given_one_that_survives_a_refusal(desk):
    sent = a_walk_in("1.004873", name="")
    del sent["intake_key"]

    key = desk.post(PAGE, sent).context["form"]["intake_key"].value()

    assert uuid.UUID(key)


@pytest.mark.parametrize(
    ("field", "typed", "status"),
    [
        ("name", "Nguyễn\x00Văn", 422),
        ("name", "á" * 5000, 422),
        ("name", "   ", 422),
        ("name", "\u202eHương \u200b", 302),
        ("name", unicodedata.normalize("NFD", "Lê Thị Hương"), 302),
        ("name", "Hương 🌸", 302),
        ("name", "<script>alert(1)</script>", 302),
        ("name", "'; DROP TABLE cases_case; --", 302),
        ("procedure", "đ" * 5000, 422),
        ("procedure", "\U0010ffff🌸", 422),
        ("procedure", "1" * 200, 422),
        ("number", "-1", 422),
        ("number", "٠٣٨١٨٥٠١٢٣٤٦", 422),
        ("birth", "31/2/2026", 422),
        ("birth", "0000", 422),
        ("phone", "9" * 5000, 422),
        ("copies", "-1", 422),
        ("copies", "1000000000000", 422),
        ("copies", "9" * 5000, 422),
        ("pages", "1e9", 422),
        ("channel", "carrier pigeon", 422),
        ("situation", "<b>", 422),
        ("category", "everybody", 422),
        ("delivery", "", 422),
        ("intake_key", "no key at all", 302),
        ("due_on", "31/2/2026", 422),
        ("immediate", "on", 422),
        ("signer", "1 OR 1=1", 422),
    ],
)
def test_intake_of_hostile_values_answers_in_words(desk, field, typed, status):
    sent = a_walk_in("1.004873") | {field: typed}

    answer = desk.post(PAGE, sent)
    preview = desk.post(reverse("cases:intake_preview"), sent)

    assert (answer.status_code, preview.status_code) == (status, 400 if status == 400 else 200)
    if status == 422:
        assert messages_at(answer)
        assert "<script>alert(1)" not in answer.content.decode()


def test_intake_echoes_markup_as_text(desk):
    answer = desk.post(PAGE, a_walk_in("1.004873", name='"><script>alert(1)</script>', birth="x"))

    assert answer.status_code == 422
    assert "<script>alert(1)" not in answer.content.decode()


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("19/11/2026", "Ngày hẹn không được trước hôm nay."),  # Thursday
        ("22/11/2026", "22/11/2026 là ngày nghỉ, ông bà chọn một ngày làm việc."),  # Sunday
        ("24/11/2026", "24/11/2026 là ngày nghỉ, ông bà chọn một ngày làm việc."),  # the holiday
        ("31/2/2026", "Nhập ngày dạng 26/11/2026."),
        ("01/01/2030", "Ngày hẹn xa quá hai năm, ông bà xem lại."),
    ],
)
def test_intake_with_a_typed_day_that_cannot_be_says_why(desk, typed, message):
    answer = desk.post(PAGE, a_walk_in("1.004873", due_on=typed, due_reason="Theo lịch của huyện"))

    assert (answer.status_code, messages_at(answer)) == (422, {"due_on": [message]})


def without_limit():
    """A procedure that the office registers while nobody has entered its terms."""
    open_ones = ProcedureVersion.objects.in_force(FRIDAY.date()).listed()
    return open_ones.filter(terms_known=False, procedure__external_system=False).first().procedure.code


def test_intake_without_a_limit_asks_for_a_day_and_keeps_it(desk):
    sent = a_walk_in(without_limit())

    refused = desk.post(PAGE, sent)
    case = the_case(desk.post(PAGE, sent | {"due_on": "30/11/2026", "due_reason": "Chờ xác minh"}))  # Monday

    assert refused.status_code == 422
    assert set(messages_at(refused)) == {"due_on", "due_reason"}
    assert 'id="id_due_on"' in refused.content.decode()
    assert (case.due_at, case.due_reason) == (datetime(2026, 11, 30, 17, 0, tzinfo=LOCAL), "Chờ xác minh")


def test_intake_of_a_result_given_at_once_needs_number_and_signer(desk, leader):
    sent = a_walk_in("2.000815", immediate="on")

    refused = desk.post(PAGE, sent)
    answer = desk.post(PAGE, sent | {"result_number": "412/2026", "signer": str(leader.membership_id)})
    case = the_case(answer)

    assert set(messages_at(refused)) == {"result_number", "signer"}
    assert (case.state, case.results.get().number) == ("returned", "412/2026")
    assert "In giấy hẹn" not in desk.get(answer.url).content.decode()


def test_intake_asks_for_copies_only_where_a_fee_counts_them(desk):
    certificate, copies = (desk.get(f"{PAGE}?procedure={code}") for code in ("1.004873", "2.000815"))

    assert 'name="copies"' not in certificate.content.decode()
    assert re.findall(r'name="(copies|pages)"', copies.content.decode()) == ["copies", "pages"]


def test_intake_is_refused_to_a_handler(browse_as):
    handler = browse_as("duc.hm")

    assert handler.get(PAGE).status_code == 403
    assert handler.post(PAGE, a_walk_in("1.004873")).status_code == 403
    assert handler.post(reverse("cases:intake_preview"), {}).status_code == 403
    assert handler.get(reverse("cases:intake_options")).status_code == 403


def test_options_name_code_limit_and_the_words_that_matched(desk):
    answer = desk.get(reverse("cases:intake_options"), {"procedure": "doc than"})

    first = answer.context["options"][0]
    assert (first.code, first.limit_text, first.matched) == ("1.004873", "3 ngày làm việc", "độc thân")
    assert 'data-code="1.004873"' in answer.content.decode()
    assert "<mark>độc thân</mark>" in answer.content.decode()


def test_options_for_nothing_are_none(desk):
    assert desk.get(reverse("cases:intake_options"), {"procedure": "  "}).context["options"] == []


def test_preview_of_uses_the_hours_of_the_point(clerk):
    version = ProcedureVersion.objects.registrable("1.004873", date(2026, 11, 20))
    offer = OnOffer(
        version,
        date(2026, 11, 20),
        current_calendar(),
        channels=channels_offered(version),
        categories=categories_that_matter(version, date(2026, 11, 20)),
    )
    shown = preview_of(
        IntakeForm(None, offer=offer), point=working_point(clerk), at=FRIDAY + timedelta(days=3)
    )

    assert shown.due_at == datetime(2026, 11, 27, 17, 0, tzinfo=LOCAL)  # Friday: Monday received, Tuesday off


def test_intake_page_asks_ten_queries(desk, django_assert_num_queries):
    desk.get(f"{PAGE}?procedure=1.004873")  # calendar and parts of the version are read once per process
    # who asks (2), transaction (2), scope, point, drafts, version, rules, bell
    with django_assert_num_queries(10):
        desk.get(f"{PAGE}?procedure=1.004873")


def test_intake_post_asks_twenty_queries(desk, django_assert_num_queries):
    sent = a_walk_in("1.004873")
    desk.get(PAGE)
    # who asks (2), point, version, rules, the same request before; then one transaction (2): scope, the same
    # key, both numbers, case, people, papers, money, the draft, event, clock, receipt, messages
    with django_assert_num_queries(20):
        desk.post(PAGE, sent)


def test_intake_in_english_keeps_the_record_in_vietnamese(desk):
    sent = a_walk_in("1.004873") | {"papers_in_database": "on"}
    sent = {name: value for name, value in sent.items() if not name.startswith("paper-")}

    answer = desk.post(f"{PAGE}?lang=en", sent)
    case = the_case(answer)
    page = desk.get(answer.url).content.decode()
    snapshot = snapshot_of(case.documents.get())

    assert "17:00, Thursday 26 Nov 2026" in page
    assert "10,000 VND" in page
    assert snapshot["limit_text"] == "3 ngày làm việc"
    assert {paper["note"] for paper in snapshot["papers"]} <= {"", "Khai thác từ cơ sở dữ liệu, không thu"}
    assert "Khai thác từ cơ sở dữ liệu, không thu" in {paper.note for paper in case.papers.all()}
