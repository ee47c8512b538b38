"""The page on which the correction of a signed result is opened, and what both cases then say."""

import pytest

from cases import actions
from cases.choices import State
from cases.models import Case
from tests.cases.conftest import FRIDAY_MORNING
from tests.cases.documents.test_receipt import words_of
from tests.cases.views.test_intake import messages_at
from tests.cases.views.words import field_of, page

pytestmark = pytest.mark.django_db
REASON = "Sai năm sinh trên giấy xác nhận"
UNDER_WAY = "Kết quả có sai sót đang được sửa ở một hồ sơ khác"


@pytest.fixture
def desk(browse_as):
    return browse_as("ha.lt")


def form_of(case):
    return f"{page(case)}sua-sai-sot/"


def test_correct_opens_a_case_and_both_pages_name_each_other(desk, client, case_at):
    first = case_at(State.RETURNED)
    assert form_of(first) in desk.get(page(first)).content.decode()

    answer = desk.post(form_of(first), {"version": first.version, "reason": REASON})

    case = Case.objects.get(corrects=first)
    assert answer.url == f"{page(case)}da-tiep-nhan/"
    assert f'href="{page(case)}"' in desk.get(page(first)).content.decode()
    text = desk.get(page(case)).content.decode()
    assert [word for word in (f'href="{page(first)}"', "sửa sai sót không thu") if word not in text] == []
    words = words_of(desk.get(f"{page(case)}giay-tiep-nhan.pdf").content)
    assert f"SỬA SAI SÓT KẾT QUẢ của hồ sơ {first.code}" in words


def test_tracking_page_says_as_long_as_it_is_true_that_a_correction_is_under_way(client, case_at, clerk):
    first = case_at(State.RETURNED)
    path = f"/tra-cuu/t/{first.tracking_token}/"
    assert UNDER_WAY not in client.get(path).content.decode()
    case = actions.open_correction(
        first.code, by=clerk, at=FRIDAY_MORNING, version=first.version, reason=REASON
    )
    assert UNDER_WAY in client.get(path).content.decode()
    assert first.code in client.get(f"/tra-cuu/t/{case.tracking_token}/").content.decode()

    actions.withdraw_case(case.code, by=clerk, at=FRIDAY_MORNING, version=1, reason="Không sai")

    assert UNDER_WAY not in client.get(path).content.decode()


@pytest.mark.parametrize("reason", ["", "   ", "a" * 5000])
def test_correct_without_a_usable_reason_says_so_at_the_field(desk, case_at, reason):
    first = case_at(State.RETURNED)

    answer = desk.post(form_of(first), {"version": first.version, "reason": reason})

    assert (answer.status_code, list(messages_at(answer))) == (422, ["reason"])
    assert Case.objects.count() == 1


def test_correct_on_an_old_page_keeps_what_was_typed(desk, case_at):
    first = case_at(State.RETURNED)

    answer = desk.post(form_of(first), {"version": 1, "reason": REASON})

    assert (answer.status_code, field_of(answer, "reason")) == (409, REASON)


@pytest.mark.parametrize(
    ("username", "state", "said"),
    [
        ("duc.hm", State.RETURNED, "Tài khoản này không có quyền làm bước này."),
        ("ha.lt", State.IN_PROGRESS, "Hồ sơ chưa có kết quả đã ký, ông bà dùng “Sửa thông tin”."),
    ],
)
def test_correct_that_may_not_be_says_why_and_offers_nothing(browse_as, case_at, username, state, said):
    case, client = case_at(state), browse_as(username)

    assert said in client.get(form_of(case)).content.decode()
    assert form_of(case) not in client.get(page(case)).content.decode()


def test_correct_by_who_may_not_is_forbidden_and_elsewhere_unknown(browse_as, case_at):
    case = case_at(State.RETURNED)
    typed = {"version": case.version, "reason": REASON}

    assert browse_as("duc.hm").post(form_of(case), typed).status_code == 403
    assert browse_as("mai.lt").post(form_of(case), typed).status_code == 404
    assert Case.objects.count() == 1
