"""Day six, Monday 23/11/2026: the citizen who was here before, the card, the same request twice."""

import pytest

from cases.models import Case, RecallConsent
from staff.models import AccessLog
from tests.cases.test_cards import LINE
from tests.flows.office import BIRTH, HUONG, MARITAL

pytestmark = pytest.mark.django_db
OFFER = "Đã có hồ sơ ở xã này: dùng lại họ tên, ngày sinh, nơi ở, điện thoại."
WARNING = "Người này đang có hồ sơ cùng thủ tục tại xã này"
ASKED = "Người này đang có hồ sơ cùng thủ tục. Nếu là yêu cầu khác, ông bà đánh dấu ô này."
NUMBER = HUONG["Số định danh"]
CONSENT = "Người dân đồng ý dùng lại dữ liệu đã khai"


@pytest.fixture
def ha(at, works):
    at("2026-11-23 09:00")
    return works("ha.lt")


@pytest.fixture
def before(ha):
    """Lê Thị Hương was here for a certificate of marital status."""
    return ha.registers({"Nơi ở": "Thôn Tân Long"})


def test_known_number_is_offered_and_filled_in_only_with_consent(ha, before):
    ha.begins(BIRTH).fills({"number": NUMBER})
    assert OFFER in ha.pauses()
    ha.presses("Tiếp nhận", status=422).sees(OFFER).does_not_see("Tân Long", before.code)

    ha.fills({CONSENT: True}).presses("Dùng lại dữ liệu đã khai")

    shown = [ha.value(name) for name in ("name", "birth", "address", "phone")]
    assert shown == ["Lê Thị Hương", "14/03/1985", "Thôn Tân Long", "+84912345018"]
    ha.brings_all().presses("Tiếp nhận").follows("Xem hồ sơ")
    assert ha.history == [
        (
            "23/11 09:00 Lê Thu Hà tiếp nhận hồ sơ tại Cơ sở 2 – Định Thành; "
            f"người dân đồng ý dùng lại dữ liệu của hồ sơ {before.code}. Mẫu 01"
        )
    ]
    assert [(row.case_code, row.what) for row in AccessLog.objects.filter(what="recall")] == [
        (before.code, "recall")
    ]


def test_without_consent_nothing_is_filled_in_and_nothing_noted(ha, before):
    ha.begins(BIRTH).fills({"number": NUMBER}).presses("Tiếp nhận", status=422)

    ha.presses("Dùng lại dữ liệu đã khai")

    assert [ha.value(name) for name in ("name", "birth", "address", "phone")] == [""] * 4
    assert RecallConsent.objects.count() == 0


def test_number_known_in_another_commune_says_nothing(ha, works):
    works("mai.lt").registers({"Nơi ở": "Bản Pùng"})
    ha.begins().brings_all().fills(HUONG)

    said = ha.pauses()

    assert [words in said for words in (OFFER, WARNING, "Bản Pùng")] == [False] * 3
    ha.presses("Tiếp nhận").sees("Đã tiếp nhận hồ sơ")


def test_same_request_twice_is_warned_of_and_can_be_registered_anyway(ha, before):
    ha.begins().brings_all().fills(HUONG)
    assert WARNING in ha.pauses()
    ha.presses("Tiếp nhận", status=422)

    ha.sees(f"{WARNING} {before.code} · Đã tiếp nhận · nhận lúc 23/11/2026 09:00")
    assert (ha.complaints, Case.objects.count()) == ({"another_request": ASKED}, 1)
    ha.fills({"Vẫn tiếp nhận, đây là yêu cầu khác": True}).presses("Tiếp nhận")

    ha.sees("Đã tiếp nhận hồ sơ")
    assert (Case.objects.count(), ha.case == before) == (2, False)


def test_same_person_with_another_procedure_is_not_warned_of(ha, before):
    ha.begins(BIRTH).brings_all().fills(HUONG)

    assert WARNING not in ha.pauses()
    ha.presses("Tiếp nhận").sees("Đã tiếp nhận hồ sơ")


def test_request_that_was_withdrawn_is_no_reason_to_warn(ha, before, at):
    ha.opens(f"/ho-so/{before.code}/buoc/withdraw/").fills({"Lý do": "Công dân không cần nữa"})
    ha.presses("Rút hồ sơ")
    at("2026-11-25 09:00")

    ha.signs_in().begins().brings_all().fills(HUONG).presses("Tiếp nhận").sees("Đã tiếp nhận hồ sơ")


def test_card_read_into_the_field_of_the_number_lays_itself_out(ha):
    ha.begins().fills({"number": LINE}).presses("Tiếp nhận", status=422)

    shown = [ha.value(name) for name in ("number", "name", "birth", "address")]
    assert shown == [
        NUMBER,
        "NGUYỄN THỊ ÁNH",
        "14/03/1985",
        "Thôn Tân Long, Định Hòa, Thanh Hóa",
    ]
    ha.does_not_see(LINE).brings_all().presses("Tiếp nhận")
    party = ha.case.parties.get(role="principal")
    assert (party.name, party.birth_year, ha.case.identity_check) == ("NGUYỄN THỊ ÁNH", 1985, "paper_seen")


def test_card_with_a_day_that_never_was_is_left_as_it_was_read(ha):
    broken = LINE.replace("14031985", "31021985")

    ha.begins().brings_all().fills({"number": broken, "name": "Nguyễn Thị Ánh"}).presses(
        "Tiếp nhận", status=422
    )

    assert list(ha.complaints) == ["number"]
    assert (ha.value("number"), ha.value("name"), Case.objects.count()) == (broken, "Nguyễn Thị Ánh", 0)


def test_citizen_is_found_by_code_name_number_and_telephone_without_marks(ha, before):
    for words in (before.code, before.code[-4:], "le thi huong", NUMBER, "0912345018", "HƯƠNG"):
        assert ha.searches(words).rows == ["Lê Thị Hương"], words
    ha.searches("nobody at all").sees("Không có hồ sơ nào như vậy trong phạm vi của ông bà.")
    assert before.procedure.code == MARITAL
