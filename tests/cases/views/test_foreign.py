"""The counter receives for another commune: its screen, its row, and what it must never see."""

import re

import pytest

from cases import actions
from cases.actions import Elsewhere, PaperTaken
from cases.models import Case, CaseParty, ForeignReception, PaperHandover
from staff.models import AccessLog, Commune
from tests.cases.conftest import FRIDAY_MORNING, an_intake
from tests.cases.documents.test_receipt import words_of
from tests.cases.views.test_intake import a_walk_in, messages_at

pytestmark = pytest.mark.django_db
INTAKE, LIST, ARRIVALS = "/ho-so/moi/", "/ho-so/noi-khac/", "/ho-so/tu-noi-khac/"
CODE = "1.004873"


@pytest.fixture
def desk(browse_as):
    return browse_as("ha.lt")


@pytest.fixture
def row(clerk):
    """Received in Định Hòa for Mường Lát, with one paper."""
    intake = an_intake(clerk, papers=(PaperTaken("Tờ khai", "paper", originals=1),))
    there = Commune.objects.get(gso_code="14845")
    return actions.register_elsewhere(intake, Elsewhere(there.pk), by=clerk, at=FRIDAY_MORNING)


@pytest.fixture
def ready(row, people):
    """The same with a signed result."""
    steps = [
        (actions.forward_case, "mai.lt", {"holder_id": people["thiem.vv"].officer_id}),
        (actions.submit_result, "thiem.vv", {"granted": True, "body": "Xác nhận"}),
        (actions.approve_result, "buong.lv", {"number": "7/XN-UBND"}),
    ]
    case = Case.objects.get(code=row.case_code)
    for action, name, more in steps:
        case = action(case.code, by=people[name], at=FRIDAY_MORNING, version=case.version, **more)
    return row


def far(**changes):
    return a_walk_in(CODE, elsewhere="on", **changes)


def test_intake_for_another_commune_leads_to_its_row(desk):
    answer = desk.post(
        INTAKE, far(elsewhere_place="muong lat", elsewhere_code="14845", elsewhere_taken="8000")
    )
    row = ForeignReception.objects.get()
    page = desk.get(answer.url).content.decode()

    assert answer.url == f"{LIST}{row.case_code}/"
    assert (row.competent.name, row.taken_vnd) == ("Xã Mường Lát", 8000)
    assert [word for word in (row.case_code, "Xã Mường Lát", "8.000 đ") if word not in page] == []


def test_intake_for_another_commune_by_a_former_name_finds_it(desk):
    former = Commune.objects.get(gso_code="14845").former_communes.first()
    desk.post(INTAKE, far(elsewhere_place=former.name, elsewhere_code="14845"))

    assert ForeignReception.objects.get().competent.gso_code == "14845"


def test_intake_with_a_name_of_several_communes_asks_which(desk):
    answer = desk.post(INTAKE, far(elsewhere_place="Mường"))
    text = answer.content.decode()

    assert answer.status_code == 422
    assert messages_at(answer) == {
        "elsewhere_place": ["Có nhiều nơi khớp tên này. Ông bà chọn một nơi trong danh sách."]
    }
    assert 'value="Mường"' in text
    assert 'name="elsewhere_code" value="14845"' in text
    assert Case.objects.count() == 0


@pytest.mark.parametrize("typed", ["", "Xứ Không Có", "\u202e", "a" * 99])
def test_intake_with_an_unknown_place_says_so_at_the_field(desk, typed):
    answer = desk.post(INTAKE, far(elsewhere_place=typed))

    assert (answer.status_code, list(messages_at(answer))) == (422, ["elsewhere_place"])


def test_intake_for_the_own_commune_as_another_is_refused(desk):
    answer = desk.post(INTAKE, far(elsewhere_place="Định Hòa"))

    assert answer.status_code == 422
    assert messages_at(answer)["__all__"] == [
        "Nơi giải quyết chính là xã này. Ông bà bỏ dấu “Nơi giải quyết khác”."
    ]


def test_intake_for_another_commune_gives_nothing_at_once(desk):
    answer = desk.post(
        INTAKE, a_walk_in("2.000815", elsewhere="on", elsewhere_place="Xã Mường Lát", immediate="on")
    )

    assert "immediate" in messages_at(answer)
    assert Case.objects.count() == 0


def test_intake_sent_again_without_the_tick_registers_nothing(desk):
    sent = far(elsewhere_place="Xã Mường Lát")
    desk.post(INTAKE, sent)
    again = desk.post(INTAKE, {name: value for name, value in sent.items() if name != "elsewhere"})

    assert messages_at(again) == {"__all__": ["Lần nhập này đã chuyển đến xã khác. Ông bà mở màn hình mới."]}
    assert Case.objects.count() == 1


def test_preview_names_the_commune_that_is_meant(desk):
    text = desk.post(f"{INTAKE}xem-truoc/", far(elsewhere_place="xa muong lat")).content.decode()

    assert '<b lang="vi">Xã Mường Lát</b>' in text


def test_case_received_for_another_commune_is_nowhere_at_the_receiver(desk, row):
    code = row.case_code
    for path in (f"/ho-so/{code}/", f"/ho-so/{code}/giay-tiep-nhan.pdf", f"/ho-so/{code}/da-tiep-nhan/"):
        assert desk.get(path).status_code == 404, path
    assert desk.post(f"/ho-so/{code}/buoc/forward/", {"version": 2}).status_code == 404
    assert code not in desk.get("/ho-so/").content.decode()
    assert f'href="/ho-so/{code}/"' not in desk.post("/ho-so/tim/", {"q": code[-6:]}).content.decode()


@pytest.mark.parametrize("username", ["mai.lt", "anh.nn", "duc.hm"])
def test_row_of_the_receiver_is_nowhere_elsewhere(browse_as, row, username):
    client = browse_as(username)
    handler = username == "duc.hm"
    for path in (f"{LIST}{row.case_code}/", f"{LIST}{row.case_code}/giay-tiep-nhan.pdf"):
        assert client.get(path).status_code == (403 if handler else 404), path
    assert row.case_code not in client.get(LIST).content.decode()


def test_case_from_elsewhere_is_an_ordinary_case_of_the_competent_commune(browse_as, row):
    client = browse_as("mai.lt")
    page = client.get(f"/ho-so/{row.case_code}/").content.decode()

    assert "Xã Định Hòa" in page
    assert row.case_code in client.get("/ho-so/").content.decode()
    assert row.case_code in client.get(ARRIVALS).content.decode()
    assert row.case_code not in browse_as("anh.nn").get(ARRIVALS).content.decode()


def test_receipt_of_the_receiver_prints_both_communes_and_is_logged(desk, row):
    answer = desk.get(f"{LIST}{row.case_code}/giay-tiep-nhan.pdf")
    words = words_of(answer.content)

    assert answer["Content-Type"] == "application/pdf"
    assert "XÃ ĐỊNH HÒA" in words
    assert "Ủy ban nhân dân xã Mường Lát" in words
    assert AccessLog.objects.filter(case_code=row.case_code, what="receipt").count() == 1


def test_tracking_page_sends_the_citizen_to_the_receiving_centre(client, desk, ready):
    text = client.get(f"/tra-cuu/t/{ready.tracking_token}/").content.decode()

    assert f"{ready.reception_point.name}, Xã Định Hòa" in text
    assert "Xã Mường Lát</p>" not in text


def test_list_shows_open_rows_and_all_on_demand(desk, ready):
    assert "7/XN-UBND" in desk.get(f"{LIST}{ready.case_code}/").content.decode()
    desk.post(f"{LIST}{ready.case_code}/", {"collector": ""})

    assert ready.case_code not in desk.get(LIST).content.decode()
    assert ready.case_code in desk.get(f"{LIST}?view=all").content.decode()
    assert Case.objects.get().state == "returned"


def test_row_without_result_refuses_to_return_one(desk, row):
    answer = desk.post(f"{LIST}{row.case_code}/", {"collector": "Ông Bảy"})

    assert answer.status_code == 422
    assert messages_at(answer)["__all__"] == ["Nơi giải quyết chưa có kết quả để trả."]


def test_ticked_rows_become_a_list_to_print(desk, row):
    text = desk.post(f"{LIST}ban-giao/", {"code": [row.case_code]}, follow=True).content.decode()
    sent = PaperHandover.objects.get()
    words = words_of(desk.get(f"{LIST}ban-giao/2026/1.pdf").content)

    assert "Đã lập danh sách bàn giao 1/BGHS (Xã Mường Lát)." in text
    assert re.search(r'<input type="checkbox" name="code"', text) is None
    assert [word for word in (sent.number, row.case_code, "Tờ khai (1)") if word not in words] == []
    assert CaseParty.objects.first().name not in words


@pytest.mark.parametrize("codes", [[], ["x"], ["\u202e"], ["a" * 5000]])
def test_ticking_nothing_makes_no_list(desk, row, codes):
    text = desk.post(f"{LIST}ban-giao/", {"code": codes}, follow=True).content.decode()

    assert "Ông bà đánh dấu hồ sơ có bản giấy chưa bàn giao." in text
    assert PaperHandover.objects.count() == 0


def test_list_of_papers_is_nowhere_at_another_commune(browse_as, clerk, row):
    actions.send_papers([row.case_code], by=clerk, at=FRIDAY_MORNING)

    assert browse_as("mai.lt").get(f"{LIST}ban-giao/2026/1.pdf").status_code == 404


def test_arrival_of_paper_is_ticked_once(browse_as, row):
    client = browse_as("mai.lt")
    assert "Đã nhận bản giấy" in client.get(ARRIVALS).content.decode()
    client.post(ARRIVALS, {"code": row.case_code})
    row.refresh_from_db()

    assert str(row.paper_arrived_on) == "2026-11-20"
    assert "Đã nhận bản giấy" not in client.get(ARRIVALS).content.decode()


@pytest.mark.parametrize("typed", ["", "x", "\u202e" * 5000])
def test_arrival_of_an_unknown_case_is_answered_in_words(browse_as, row, typed):
    text = browse_as("mai.lt").post(ARRIVALS, {"code": typed}, follow=True).content.decode()

    assert "Không tìm thấy hồ sơ này." in text


def test_list_pages_by_keyset(desk, clerk, row, monkeypatch):
    monkeypatch.setattr("cases.views.foreign.PAGE", 1)
    there = Commune.objects.get(gso_code="14845")
    other = actions.register_elsewhere(an_intake(clerk), Elsewhere(there.pk), by=clerk, at=FRIDAY_MORNING)
    first = desk.get(LIST).content.decode()
    (link,) = re.findall(r'href="(\?after=[^"]+)"', first)
    second = desk.get(LIST + link.replace("&amp;", "&")).content.decode()

    shown = [re.findall(r'href="/ho-so/noi-khac/(H[^/"]+)/"', page) for page in (first, second)]

    assert shown == [[row.case_code], [other.case_code]]


def test_pages_ask_a_fixed_number_of_queries(desk, browse_as, row, django_assert_num_queries):
    there = browse_as("mai.lt")
    for client, path in ((desk, LIST), (desk, f"{LIST}{row.case_code}/"), (there, ARRIVALS)):
        client.get(path)
    # who asks (2), transaction (3), rows, lists, bell
    with django_assert_num_queries(8):
        desk.get(LIST)
    # … row, the access log (4)
    with django_assert_num_queries(11):
        desk.get(f"{LIST}{row.case_code}/")
    # who asks (2), transaction (3), rows, bell, procedures; nobody holds one yet
    with django_assert_num_queries(8):
        there.get(ARRIVALS)
