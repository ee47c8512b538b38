"""The pages on which a case is put right, and what the case page and the citizen's page say afterwards."""

import io
import re

import pypdfium2
import pytest
from django.test import Client

from cases import actions
from cases.actions import PaperTaken, Person
from cases.choices import State
from cases.models import Case, CaseAmendment, IssuedDocument
from procedures.choices import PaperKind
from staff.models import AccessLog
from tests.cases.conftest import FRIDAY_MORNING
from tests.cases.views.words import changes_of, field_of, page, plain, text_of

PAPER = PaperTaken("Tờ khai", PaperKind.PAPER, originals=1)
STALE = "Hồ sơ đã thay đổi từ lúc mở trang. Ông bà xem lại rồi làm tiếp."
NOT_YOURS = "Tài khoản này không mở được trang này"


@pytest.fixture
def case(case_at):
    return case_at(State.REGISTERED, papers=(PAPER,))


def filled(response):
    """The form of the page as a browser would send it."""
    form = re.search(r'<form id="(?:amend|void|reprint)".*?</form>', text_of(response), re.DOTALL)[0]
    names = dict.fromkeys(re.findall(r' name="([\w-]+)"', form))
    return {name: field_of(response, name) or "" for name in names if name != "csrfmiddlewaretoken"}


def name_of(case, part, role="principal"):
    return f"party-{case.parties.get(role=role).pk}-{part}"


def words_of(response):
    document = pypdfium2.PdfDocument(io.BytesIO(response.content))
    try:
        return " ".join(document[0].get_textpage().get_text_bounded().split())
    finally:
        document.close()


def test_amend_page_shows_the_present_values_and_no_whole_number(case, browse_as):
    response = browse_as("ha.lt").get(f"{page(case)}sua/")

    typed = filled(response)
    assert typed[name_of(case, "name")] == "Lê Thị Hương"
    assert typed[name_of(case, "phone")] == "0912 345 018"
    assert typed[f"paper-{case.papers.get().pk}-originals"] == "1"
    assert (typed["delivery"], typed["reason"], typed["version"]) == ("counter", "", "1")
    assert "038•••••2346" in text_of(response)
    assert "038185012346" not in text_of(response)
    assert name_of(case, "name", "filer") not in typed


def test_amend_page_sent_corrects_prints_anew_and_tells(case, browse_as):
    clerk = browse_as("ha.lt")
    typed = filled(clerk.get(f"{page(case)}sua/"))
    typed |= {name_of(case, "name"): "Lê Thị Hường", name_of(case, "number"): "038 185 012 399"}

    response = clerk.post(f"{page(case)}sua/", typed | {"reason": "Gõ nhầm dấu"})

    assert (response.status_code, response["Location"]) == (302, page(case))
    shown = plain(text_of(clerk.get(page(case))))
    assert "Lê Thu Hà sửa thông tin hồ sơ. Lý do: Gõ nhầm dấu" in shown
    assert "Chủ hồ sơ: Họ và tên: Lê Thị Hương → Lê Thị Hường" in shown
    assert "Chủ hồ sơ: Số giấy tờ: 038•••••2346 → 038•••••2399" in shown
    assert "Người nộp: Họ và tên" not in shown
    assert "Bản in lần 2 , đã chỉnh sửa, Lê Thu Hà" in shown
    assert Case.objects.get().principal_name == "Lê Thị Hường"


def test_amend_page_with_nothing_but_a_reason_corrects_nothing(case, browse_as):
    clerk = browse_as("ha.lt")
    typed = filled(clerk.get(f"{page(case)}sua/")) | {"reason": "Xem lại"}

    response = clerk.post(f"{page(case)}sua/", typed)

    assert (response.status_code, "Ông bà chưa sửa mục nào." in text_of(response)) == (422, True)
    assert field_of(response, "reason") == "Xem lại"
    assert CaseAmendment.objects.count() == 0


@pytest.mark.parametrize(
    ("part", "text", "message"),
    [
        ("name", "", "Ông bà nhập ô này."),
        ("name", "ă" * 201, "Ô này có nhiều nhất 200 ký tự, đang có 201."),
        ("number", "12", "Chưa rõ số này của giấy tờ nào, ông bà xem lại."),
        ("birth", "31/02/1990", "Không có ngày 31/02/1990 trong lịch."),
        ("phone", "091", "Số điện thoại chưa đúng"),
    ],
)
def test_amend_page_with_a_mistake_keeps_what_was_typed(case, browse_as, part, text, message):
    clerk = browse_as("ha.lt")
    typed = filled(clerk.get(f"{page(case)}sua/")) | {"reason": "Gõ nhầm", "summary": "Xin xác nhận"}

    response = clerk.post(f"{page(case)}sua/", typed | {name_of(case, part): text})

    assert (response.status_code, message in text_of(response)) == (422, True)
    kept = filled(response)
    assert (kept["reason"], kept["summary"]) == ("Gõ nhầm", "Xin xác nhận")
    assert kept[name_of(case, part)] == text
    assert Case.objects.get().version == 1


def test_amend_page_of_a_result_by_post_needs_an_address(case, browse_as):
    clerk = browse_as("ha.lt")
    typed = filled(clerk.get(f"{page(case)}sua/")) | {"reason": "Gõ nhầm", "delivery": "post"}

    assert clerk.post(f"{page(case)}sua/", typed).status_code == 422
    assert clerk.post(f"{page(case)}sua/", typed | {"delivery_address": "Thôn 1"}).status_code == 302


def test_amend_page_leaves_a_number_of_another_kind_alone(case, browse_as):
    party = case.parties.get(role="principal")
    party.phone, party.id_kind = "+66812345678", "passport"  # as a foreigner may have them
    party.save()
    case.parties.filter(role="filer").update(phone="+66812345678", id_kind="passport")
    clerk = browse_as("ha.lt")
    typed = filled(clerk.get(f"{page(case)}sua/")) | {"reason": "Nhầm", "summary": "Khác"}

    assert clerk.post(f"{page(case)}sua/", typed).status_code == 302
    assert [row.field for row in CaseAmendment.objects.all()] == ["summary"]


def test_amend_on_an_old_page_keeps_the_text_and_does_not_undo_a_colleague(case, browse_as, people):
    clerk = browse_as("ha.lt")
    typed = filled(clerk.get(f"{page(case)}sua/"))
    actions.amend_case(
        case.code,
        by=people["duc.hm"],
        at=FRIDAY_MORNING,
        version=1,
        facts={name_of(case, "address"): "Thôn Tân Long"},
        reason="Theo căn cước",
    )

    step_made = "20/11 09:42 Hoàng Minh Đức sửa thông tin hồ sơ. Lý do: Theo căn cước"
    said = "Chủ hồ sơ: Nơi ở: để trống → Thôn Tân Long"

    stale = clerk.post(f"{page(case)}sua/", typed | {"summary": "Xin xác nhận", "reason": "Gõ thiếu"})
    again = clerk.post(f"{page(case)}sua/", filled(stale))

    assert (stale.status_code, STALE in text_of(stale)) == (409, True)
    assert changes_of(stale) == [f"{step_made} {said}"]
    assert (field_of(stale, "summary"), field_of(stale, "reason")) == ("Xin xác nhận", "Gõ thiếu")
    assert again.status_code == 302
    assert Case.objects.get().summary == "Xin xác nhận"
    assert case.parties.get(role="principal").address == "Thôn Tân Long"


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (State.RESOLVED, "Kết quả đã ký: chỉ sửa bằng hồ sơ sửa sai sót."),
        (State.RETURNED, "Kết quả đã ký: chỉ sửa bằng hồ sơ sửa sai sót."),
    ],
)
def test_amend_page_after_the_signature_says_how_instead(case_at, browse_as, state, words):
    case = case_at(state)
    clerk = browse_as("ha.lt")

    response = clerk.get(f"{page(case)}sua/")
    sent = clerk.post(
        f"{page(case)}sua/",
        {
            "version": case.version,
            "reason": "Nhầm",
            "delivery": "counter",
            "summary": "Khác",
            name_of(case, "name"): "Ai",
        },
    )

    assert [words in text_of(response), 'id="amend"' in text_of(response)] == [True, False]
    assert (sent.status_code, Case.objects.get().summary == case.summary) == (409, True)


@pytest.mark.parametrize(
    ("rest", "username"), [("sua/", "thanh.nt"), ("huy/", "ha.lt"), ("in-lai/", "duc.hm")]
)
def test_correction_posted_without_the_right_is_the_offices_403(case, browse_as, rest, username):
    response = browse_as(username).post(page(case) + rest, {"version": 1, "reason": "Nhầm", "after": 1})

    assert (response.status_code, NOT_YOURS in text_of(response)) == (403, True)
    assert (Case.objects.get().version, IssuedDocument.objects.count()) == (1, 1)


@pytest.mark.parametrize("rest", ["sua/", "huy/", "in-lai/", "giay-tiep-nhan-1.pdf"])
def test_correction_pages_of_a_neighbour_are_not_found(case, browse_as, rest):
    assert browse_as("mai.lt").get(page(case) + rest).status_code == 404
    assert AccessLog.objects.exists() is False


def test_void_page_tells_the_clerk_whom_to_ask(case, browse_as):
    shown = text_of(browse_as("ha.lt").get(f"{page(case)}huy/"))

    assert "Trịnh Đình Long" in shown
    assert 'id="void"' not in shown


def test_void_page_sent_by_the_leader_ends_the_case(case, browse_as):
    leader = browse_as("long.td")
    typed = filled(leader.get(f"{page(case)}huy/")) | {"reason": "Nhập hai lần"}

    assert leader.post(f"{page(case)}huy/", typed | {"reason": " "}).status_code == 422
    assert leader.post(f"{page(case)}huy/", typed).status_code == 302

    shown = plain(text_of(leader.get(page(case))))
    assert "Đã hủy (nhập nhầm)" in shown
    assert "Trịnh Đình Long hủy hồ sơ vì nhập nhầm. Lý do: Nhập hai lần" in shown
    assert "1/2026 (đã hủy, số không dùng lại)" in shown
    assert "Sửa thông tin" not in shown


def test_void_page_on_an_old_page_says_what_changed(case, browse_as, people):
    leader = browse_as("long.td")
    typed = filled(leader.get(f"{page(case)}huy/")) | {"reason": "Nhập hai lần"}
    actions.claim_case(case.code, by=people["duc.hm"], at=FRIDAY_MORNING, version=1)

    response = leader.post(f"{page(case)}huy/", typed)

    assert (response.status_code, field_of(response, "reason")) == (409, "Nhập hai lần")
    assert changes_of(response) == ["20/11 09:42 Hoàng Minh Đức nhận xử lý hồ sơ."]


def test_voided_case_tells_the_citizen_where_to_ask(case, people):
    actions.void_case(case.code, by=people["long.td"], at=FRIDAY_MORNING, version=1, reason="Nhập hai lần")

    shown = plain(text_of(Client().get(f"/tra-cuu/t/{case.tracking_token}/")))

    assert "Hồ sơ đã hủy vì nhập nhầm" in shown
    assert f"Hỏi tại {case.reception_point.name}" in shown
    assert "Nhập hai lần" not in shown


def test_reprint_opens_the_copy_and_keeps_the_first_one(case, browse_as):
    clerk = browse_as("ha.lt")
    typed = filled(clerk.get(f"{page(case)}in-lai/")) | {"reason": "Người dân làm mất"}

    response = clerk.post(f"{page(case)}in-lai/", typed)

    assert response["Location"] == f"{page(case)}giay-tiep-nhan-2.pdf"
    copy, first = clerk.get(response["Location"]), clerk.get(f"{page(case)}giay-tiep-nhan-1.pdf")
    assert copy["Content-Disposition"] == f'inline; filename="{case.code}-2.pdf"'
    assert ["BẢN IN LẠI – lần 2" in words_of(one) for one in (copy, first)] == [True, False]
    assert clerk.get(f"{page(case)}giay-tiep-nhan.pdf").content == copy.content
    shown = plain(text_of(clerk.get(page(case))))
    assert "Bản in lần 2 , Lê Thu Hà Lý do: Người dân làm mất" in shown
    assert clerk.get(f"{page(case)}giay-tiep-nhan-3.pdf").status_code == 404


@pytest.mark.parametrize(
    ("after", "status"), [("", 409), ("x", 409), ("0", 409), ("7", 409), ("9" * 30, 409)]
)
def test_reprint_with_a_number_that_never_was_is_refused(case, browse_as, after, status):
    response = browse_as("ha.lt").post(f"{page(case)}in-lai/", {"after": after, "reason": "Làm mất"})

    assert (response.status_code, field_of(response, "reason")) == (status, "Làm mất")
    assert IssuedDocument.objects.count() == 1


def test_corrected_case_asks_no_query_more(case, browse_as, people, django_assert_num_queries):
    clerk = browse_as("ha.lt")
    clerk.get(page(case))
    with django_assert_num_queries(8):
        clerk.get(page(case))
    facts = {name_of(case, "name"): "Lê Thị Hường", "summary": "Khác"}
    actions.amend_case(
        case.code, by=people["ha.lt"], at=FRIDAY_MORNING, version=1, facts=facts, reason="Nhầm"
    )

    with django_assert_num_queries(8):
        clerk.get(page(case))


def test_amend_page_of_a_filer_shows_both(case_at, browse_as):
    case = case_at(State.REGISTERED, filer=Person(name="Lê Văn Bảy", mandate="Giấy 1/2026"))

    typed = filled(browse_as("ha.lt").get(f"{page(case)}sua/"))

    assert typed[name_of(case, "name", "filer")] == "Lê Văn Bảy"
    assert typed[name_of(case, "mandate", "filer")] == "Giấy 1/2026"
