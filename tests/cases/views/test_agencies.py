"""The counter receives for an agency outside the communes: screen, case page, list, papers, tracking."""

import re

import pytest

from cases import actions
from cases.actions import PaperTaken
from cases.choices import State
from cases.models import Case, CaseParty, ForeignReception, PaperHandover
from staff.models import Agency
from tests.cases.conftest import FRIDAY_MORNING, an_intake
from tests.cases.documents.test_receipt import words_of
from tests.cases.views.test_intake import a_walk_in, messages_at
from tests.cases.views.words import page, step

pytestmark = pytest.mark.django_db
INTAKE, LIST = "/ho-so/moi/", "/ho-so/co-quan/"
NAME = "Sở Tư pháp tỉnh Thanh Hóa"
DECIDED = {
    "version": 2,
    "granted": "yes",
    "number": "5/STP",
    "signed_on": "20/11/2026",
    "signer": "Nguyễn Văn Bình",
    "body": "Cấp phiếu",
}


@pytest.fixture
def desk(browse_as):
    return browse_as("ha.lt")


@pytest.fixture
def case(clerk):
    """Received in Định Hòa for the department of justice, with one paper."""
    intake = an_intake(clerk, papers=(PaperTaken("Tờ khai", "paper", originals=1),))
    agency = Agency.objects.get(slug="so-tu-phap")
    return actions.register_at_agency(intake, agency.pk, by=clerk, at=FRIDAY_MORNING)


def far(**changes):
    return a_walk_in("1.004873", elsewhere="on", **changes)


def test_intake_for_an_agency_becomes_a_case_of_this_commune(desk):
    answer = desk.post(INTAKE, far(elsewhere_place="so tu phap"))
    case = Case.objects.get()

    assert answer.url == f"{page(case)}da-tiep-nhan/"
    assert (case.competent_agency.name, ForeignReception.objects.count()) == (NAME, 0)
    assert case.sending.papers != []


def test_intake_with_a_word_of_several_agencies_asks_which(desk):
    text = desk.post(INTAKE, far(elsewhere_place="Văn phòng đăng ký đất đai")).content.decode()
    found = re.findall(r'name="elsewhere_code" value="([^"]+)"', text)

    assert found == ["chi-nhanh-dat-dai", "van-phong-dat-dai"]
    desk.post(INTAKE, far(elsewhere_place="Văn phòng đăng ký đất đai", elsewhere_code="chi-nhanh-dat-dai"))
    assert Case.objects.get().competent_agency.slug == "chi-nhanh-dat-dai"


def test_intake_for_an_agency_notes_no_money_on_the_side(desk):
    answer = desk.post(INTAKE, far(elsewhere_place="Sở Tư pháp", elsewhere_taken="8000"))

    assert messages_at(answer) == {
        "elsewhere_taken": ["Hồ sơ này thu tiền và ghi biên lai ở trang hồ sơ, ông bà để trống mục này."]
    }


def test_preview_names_the_agency_that_is_meant(desk):
    text = desk.post(f"{INTAKE}xem-truoc/", far(elsewhere_place="so tu phap")).content.decode()

    assert f'<b lang="vi">{NAME}</b>' in text


def test_case_page_and_tracking_name_the_agency_and_offer_its_steps(desk, client, case):
    text = desk.get(page(case)).content.decode()

    assert text.count(NAME) == 2  # the title and the facts
    assert re.findall(rf'href="{page(case)}buoc/(\w+)/"', text) == ["withdraw", "send_to_agency"]
    assert NAME in client.get(f"/tra-cuu/t/{case.tracking_token}/").content.decode()
    words = words_of(desk.get(f"{page(case)}giay-tiep-nhan.pdf").content)
    assert NAME in words


def test_steps_of_the_agency_lead_to_the_hand_over(desk, case):
    desk.post(step(case, "send_to_agency"), {"version": 1})
    desk.post(step(case, "agency_result"), DECIDED)
    text = desk.get(page(case)).content.decode()

    assert [word for word in ("5/STP", "Nguyễn Văn Bình", "Cấp phiếu", "Đồng ý") if word not in text] == []
    desk.post(step(case, "hand_over"), {"version": 3, "collector": ""})
    assert Case.objects.get().state == State.RETURNED


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("signed_on", "31/2/2026"),
        ("signed_on", ""),
        ("number", ""),
        ("number", "a" * 5000),
        ("granted", "maybe"),
        ("body", ""),
    ],
)
def test_result_of_the_agency_typed_wrong_is_said_at_the_field(desk, clerk, case, name, typed):
    actions.send_to_agency(case.code, by=clerk, at=FRIDAY_MORNING, version=1)

    answer = desk.post(step(case, "agency_result"), DECIDED | {name: typed})

    assert (answer.status_code, list(messages_at(answer))) == (422, [name])
    assert Case.objects.get().state == State.IN_PROGRESS


def test_result_of_the_agency_signed_tomorrow_is_refused(desk, clerk, case):
    actions.send_to_agency(case.code, by=clerk, at=FRIDAY_MORNING, version=1)

    answer = desk.post(step(case, "agency_result"), DECIDED | {"signed_on": "21/11/2026"})

    assert answer.status_code == 409
    assert "Ngày ký không được sau hôm nay." in answer.content.decode()


def test_step_of_the_commune_on_a_case_of_an_agency_says_why(desk, case):
    text = desk.get(step(case, "forward")).content.decode()

    assert "Cơ quan ngoài xã giải quyết hồ sơ này; xã không làm bước này." in text


def test_ticked_cases_become_a_list_to_print(desk, case):
    text = desk.post(f"{LIST}ban-giao/", {"code": [case.code]}, follow=True).content.decode()
    words = words_of(desk.get("/ho-so/noi-khac/ban-giao/2026/1.pdf").content)

    assert f"Đã lập danh sách bàn giao 1/BGHS ({NAME})." in text
    assert re.search(r'<input type="checkbox" name="code"', text) is None
    assert [word for word in ("1/BGHS", case.code, "Tờ khai (1)", NAME) if word not in words] == []
    assert CaseParty.objects.first().name not in words


@pytest.mark.parametrize("codes", [[], ["x"], ["\u202e"], ["a" * 5000]])
def test_ticking_nothing_makes_no_list(desk, case, codes):
    text = desk.post(f"{LIST}ban-giao/", {"code": codes}, follow=True).content.decode()

    assert "Ông bà đánh dấu hồ sơ có bản giấy chưa bàn giao." in text
    assert PaperHandover.objects.count() == 0


def test_list_shows_open_cases_of_this_commune_and_all_on_demand(desk, browse_as, clerk, case):
    own = actions.register_case(an_intake(clerk), by=clerk, at=FRIDAY_MORNING)
    text = desk.get(LIST).content.decode()
    assert (case.code in text, own.code in text) == (True, False)
    assert case.code not in browse_as("mai.lt").get(LIST).content.decode()

    actions.withdraw_case(case.code, by=clerk, at=FRIDAY_MORNING, version=1, reason="Đổi ý")

    assert case.code not in desk.get(LIST).content.decode()
    assert case.code in desk.get(f"{LIST}?view=all").content.decode()


def test_list_pages_by_keyset(desk, clerk, case, monkeypatch):
    monkeypatch.setattr("cases.views.agencies.PAGE", 1)
    other = actions.register_at_agency(
        an_intake(clerk), case.competent_agency_id, by=clerk, at=FRIDAY_MORNING
    )
    first = desk.get(LIST).content.decode()
    (link,) = re.findall(r'href="(\?after=[^"]+)"', first)
    second = desk.get(LIST + link.replace("&amp;", "&")).content.decode()

    shown = [re.findall(r'href="/ho-so/(H[^/"]+)/"', text) for text in (first, second)]
    assert shown == [[case.code], [other.code]]


def test_list_asks_a_fixed_number_of_queries(desk, case, django_assert_num_queries):
    desk.get(LIST)
    # who asks (3), transaction (3), cases, lists, bell
    with django_assert_num_queries(8):
        desk.get(LIST)
