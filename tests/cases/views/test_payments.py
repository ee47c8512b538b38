"""The page on which money is taken, the page that voids a receipt, and the sheet of the day."""

import re
from datetime import timedelta

import pytest

from cases import actions
from cases.choices import PaymentMethod, State
from cases.models import Case, Payment, PaymentVoid
from staff.models import AccessLog
from tests.cases.conftest import FRIDAY_MORNING, a_take
from tests.cases.views.words import changes_of, field_of, page, plain, text_of

COPIES = {"procedure_code": "2.000815", "copies": 4}  # 2.000 đ each
TILL = "/thu-tien/hom-nay/"


@pytest.fixture
def owing(case_at):
    return case_at(State.REGISTERED, **COPIES)


@pytest.fixture
def cashier(browse_as):
    """The browser of who takes money in Định Hòa and sees no case."""
    return browse_as("thu.nt")


def money(case):
    return f"{page(case)}thu-tien/"


def take(case, by, **changes):
    return actions.take_payment(case.code, a_take(**changes), by=by, at=FRIDAY_MORNING, version=case.version)


def focused(response):
    [field] = re.findall(r"<input[^>]* autofocus[^>]*>", text_of(response))
    return re.search(r'name="(\w+)"', field)[1]


def typed(response, **changes):
    names = ("version", "take_key", "amount", "method", "series", "number", "payer")
    shown = {name: field_of(response, name) or "" for name in names}
    return shown | changes


def test_money_from_reception_to_receipt_is_two_requests_and_an_enter(owing, browse_as):
    clerk = browse_as("ha.lt")
    registered = text_of(clerk.get(page(owing) + "da-tiep-nhan/"))
    link = re.search(r'<a class="btn" data-key="F9" href="([^"]+)">(.*?)</a>', registered, re.DOTALL)
    asked = clerk.get(link[1])

    taken = clerk.post(link[1], typed(asked, series="ab/26p", number="0000123"))

    assert plain(link[2]) == "Thu 8.000 đ, ghi biên lai F9"
    assert typed(asked) | {"take_key": ""} == {
        "version": "1",
        "take_key": "",
        "amount": "8.000",
        "method": "cash",
        "series": "",
        "number": "",
        "payer": "",
    }
    assert (taken.status_code, taken["Location"]) == (302, money(owing))
    shown = plain(text_of(clerk.get(taken["Location"])))
    assert "Đã thu đủ 8.000 đ" in shown
    assert "Biên lai AB/26P 0000123 · 8.000 đ · Tiền mặt" in shown
    assert ("Người tiếp theo F2" in shown, "Ghi đã thu" in shown) == (True, False)
    assert Payment.objects.get().receipt == "AB/26P 0000123"


def test_money_proposes_the_receipt_after_the_officers_last(owing, case_at, browse_as, people):
    take(owing, people["ha.lt"])
    other = case_at(State.REGISTERED, **COPIES)

    own, colleague = (browse_as(name).get(money(other)) for name in ("ha.lt", "hien.vt"))

    assert (field_of(own, "series"), field_of(own, "number")) == ("AB/26P", "0000124")
    assert focused(own) == "number"
    assert (field_of(colleague, "series"), field_of(colleague, "number")) == (None, None)
    assert focused(colleague) == "series"


def test_money_where_nothing_is_owed_shows_no_form(case_at, browse_as):
    free = case_at(State.REGISTERED, procedure_code="1.001193", situation="in_time")
    response = browse_as("ha.lt").get(money(free))

    assert (response.status_code, 'id="payment"' in text_of(response)) == (200, False)
    assert "Hồ sơ này không có khoản nào phải thu." in text_of(response)
    assert "Thu tiền</h2>" not in text_of(browse_as("ha.lt").get(page(free)))


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("amount", "", "Ông bà nhập ô này."),
        ("amount", "tám nghìn", "Nhập số tiền bằng chữ số, ví dụ 8.000."),
        ("amount", "-8000", "Nhập số tiền bằng chữ số, ví dụ 8.000."),
        ("amount", "8000,5", "Nhập số tiền bằng chữ số, ví dụ 8.000."),
        ("series", "", "Ông bà nhập ô này."),
        ("series", "<b>", "Ký hiệu chỉ gồm chữ, số và dấu gạch, ví dụ AB/26P."),
        ("number", "0", "Số biên lai chỉ có chữ số, ví dụ 0000123."),
        ("number", "12a", "Số biên lai chỉ có chữ số, ví dụ 0000123."),
        ("method", "gold", "Mục đã chọn không có trong danh sách."),
        ("payer", "a" * 5000, "Ô này có nhiều nhất 200 ký tự, đang có 5000."),
    ],
)
def test_money_typed_wrongly_is_told_at_its_field_and_kept(owing, browse_as, field, value, message):
    clerk = browse_as("ha.lt")
    good = {"version": "1", "amount": "8.000", "method": "transfer", "series": "AB/26P", "number": "0000123"}

    response = clerk.post(money(owing), good | {field: value})

    assert response.status_code == 422
    assert message in plain(text_of(response))
    kept = {name: field_of(response, name) for name in good if name != field}
    assert kept == {name: text for name, text in good.items() if name != field}
    assert Payment.objects.count() == 0


@pytest.mark.parametrize("version", ["x", "\x00", "-1", "9" * 400, "", None])
def test_money_on_a_page_whose_version_cannot_be_read_begins_anew(owing, browse_as, version):
    clerk = browse_as("ha.lt")
    good = {"amount": "8.000", "method": "transfer", "series": "AB/26P", "number": "0000123"}

    response = clerk.post(money(owing), good | ({} if version is None else {"version": version}))

    assert (response.status_code, field_of(response, "version")) == (409, "1")
    assert {name: field_of(response, name) for name in good} == good
    assert Payment.objects.count() == 0


@pytest.mark.parametrize("amount", ["8000", "8.000", "8 000", "8.000 đ", "８000"])
def test_money_amount_is_read_as_people_write_it(owing, browse_as, amount):
    clerk = browse_as("ha.lt")
    response = clerk.post(money(owing), typed(clerk.get(money(owing)), amount=amount, series="A", number="1"))

    expected = (422, []) if amount == "８000" else (302, [8000])
    assert (response.status_code, [one.amount_vnd for one in Payment.objects.all()]) == expected


def test_money_taken_by_a_colleague_meanwhile_is_said_and_not_taken_twice(owing, browse_as, people):
    clerk = browse_as("ha.lt")
    asked = clerk.get(money(owing))
    take(owing, people["hien.vt"])

    response = clerk.post(money(owing), typed(asked, series="AB/26P", number="9"))

    assert response.status_code == 409
    assert changes_of(response) == ["20/11 09:42 Vũ Thị Hiền thu tiền 8.000 đ."]
    assert ('id="payment"' in text_of(response), Payment.objects.count()) == (False, 1)


def test_money_on_a_case_that_moved_meanwhile_keeps_what_was_typed(owing, browse_as, people):
    clerk = browse_as("ha.lt")
    asked = clerk.get(money(owing))
    actions.forward_case(owing.code, by=people["long.td"], at=FRIDAY_MORNING, version=1)

    refused = clerk.post(money(owing), typed(asked, series="AB/26P", number="9", payer="Lê Văn Sơn"))
    again = clerk.post(money(owing), typed(refused))

    assert (refused.status_code, again.status_code) == (409, 302)
    assert changes_of(refused) == ["20/11 09:42 Trịnh Đình Long chuyển đến bộ phận chuyên môn."]
    assert (Payment.objects.get().receipt, Payment.objects.get().payer) == ("AB/26P 0000009", "Lê Văn Sơn")


def test_money_sent_twice_by_one_page_is_one_take(owing, browse_as):
    clerk = browse_as("ha.lt")
    data = typed(clerk.get(money(owing)), series="AB/26P", number="9")

    answers = [clerk.post(money(owing), data).status_code for _enter in range(2)]

    assert (answers, Payment.objects.count()) == ([302, 302], 1)


def test_money_on_a_used_receipt_is_refused_in_words(owing, case_at, browse_as, people):
    take(owing, people["ha.lt"])
    other = case_at(State.REGISTERED, **COPIES)
    clerk = browse_as("ha.lt")

    response = clerk.post(money(other), typed(clerk.get(money(other)), number="123"))

    assert (response.status_code, field_of(response, "number")) == (409, "123")
    assert "Biên lai AB/26P 0000123 đã dùng rồi" in plain(text_of(response))


def test_money_page_of_a_cashier_names_nobody_and_leads_nowhere_else(owing, cashier):
    response = cashier.get(money(owing))
    shown = text_of(response)

    assert response.status_code == 200
    assert "L. T. H</h1>" in shown
    assert [word for word in ("Hương", "912", "038185") if word in shown] == []
    assert set(re.findall(r'href="(/ho-so/[^"]*)"', shown)) == {"/ho-so/", f"{money(owing)}?lang=en"}
    taken = cashier.post(money(owing), typed(response, series="AB/26P", number="1"))
    assert (taken.status_code, Payment.objects.get().payer) == (302, "Lê Thị Hương")
    assert "Hương" not in text_of(cashier.get(money(owing))) + text_of(cashier.get(TILL))
    assert [row.what for row in AccessLog.objects.all()] == ["money"]


@pytest.mark.parametrize(
    ("username", "status"),
    [("ha.lt", 200), ("duc.hm", 403), ("long.td", 403), ("mai.lt", 404), ("hung.tv", 403)],
)
def test_money_page_opens_to_clerk_and_cashier_of_the_commune(owing, browse_as, username, status):
    assert browse_as(username).get(money(owing)).status_code == status


def test_case_page_shows_receipts_and_what_is_outstanding(owing, browse_as, people):
    payment = take(owing, people["ha.lt"], amount_vnd=3000)
    clerk, handler = browse_as("ha.lt"), browse_as("duc.hm")

    shown, of_handler = plain(text_of(clerk.get(page(owing)))), plain(text_of(handler.get(page(owing))))

    assert "Thu tiền Còn phải thu 5.000 đ Phải nộp 8.000 đ Đã thu 3.000 đ" in shown
    assert "Thu 5.000 đ, ghi biên lai" in shown
    assert "Còn phải thu 5.000 đ" in of_handler
    assert ("ghi biên lai" in of_handler, "Hủy biên lai này" in of_handler) == (False, False)
    actions.void_payment(
        owing.code, payment.pk, by=people["long.td"], at=FRIDAY_MORNING, version=2, reason="Sai số tiền"
    )
    assert "AB/26P 0000123 · 3.000 đ · đã hủy 20/11/2026 09:42 Lý do: Sai số tiền" in plain(
        text_of(clerk.get(page(owing)))
    )


def test_void_needs_a_reason_and_leaves_the_case_owing(owing, browse_as, people):
    payment = take(owing, people["ha.lt"])
    clerk, path = browse_as("ha.lt"), f"{money(owing)}{payment.pk}/huy/"
    asked = clerk.get(path)

    empty = clerk.post(path, {"version": field_of(asked, "version"), "reason": " "})
    done = clerk.post(path, {"version": field_of(asked, "version"), "reason": "Ghi nhầm số"})
    again = clerk.post(path, {"version": "3", "reason": "Lần nữa"})

    assert (empty.status_code, done.status_code, done["Location"], again.status_code) == (
        422,
        302,
        money(owing),
        409,
    )
    assert "Biên lai này đã hủy rồi." in text_of(again)
    assert (PaymentVoid.objects.get().reason, Case.objects.get().version) == ("Ghi nhầm số", 3)
    assert "Còn phải thu 8.000 đ" in plain(text_of(clerk.get(money(owing))))


def test_void_by_the_director_leads_back_to_the_case(owing, browse_as, people):
    payment = take(owing, people["ha.lt"])

    done = browse_as("long.td").post(f"{money(owing)}{payment.pk}/huy/", {"version": "2", "reason": "Sai"})

    assert (done.status_code, done["Location"]) == (302, page(owing))


def test_void_of_a_receipt_of_another_case_or_commune_is_not_found(owing, case_at, browse_as, people):
    payment, other = take(owing, people["ha.lt"]), case_at(State.REGISTERED, **COPIES)

    assert browse_as("ha.lt").get(f"{money(other)}{payment.pk}/huy/").status_code == 404
    assert browse_as("mai.lt").get(f"{money(owing)}{payment.pk}/huy/").status_code == 404
    assert browse_as("ha.lt").get(f"{money(owing)}999999999999999999999/huy/").status_code == 404


def rows_of(response):
    body = re.search(r"<tbody>(.*)</tbody>", text_of(response), re.DOTALL)
    return [plain(row) for row in re.findall(r"<tr.*?</tr>", body[1], re.DOTALL)] if body else []


def sums_of(response):
    foot = re.search(r"<tfoot>(.*)</tfoot>", text_of(response), re.DOTALL)
    return [plain(row) for row in re.findall(r"<tr.*?</tr>", foot[1], re.DOTALL)]


def test_till_holds_the_officers_takes_of_the_day_with_their_sums(case_at, browse_as, people, clock_shows):
    cases = [case_at(State.REGISTERED, **COPIES) for _case in range(4)]
    ways = (PaymentMethod.CASH, PaymentMethod.QR, PaymentMethod.CASH)
    taken = [
        take(case, people["ha.lt"], number=number, method=way)
        for number, (case, way) in enumerate(zip(cases, ways, strict=False), start=1)
    ]
    take(cases[3], people["hien.vt"], number=77)
    actions.void_payment(
        cases[2].code, taken[2].pk, by=people["ha.lt"], at=FRIDAY_MORNING, version=2, reason="Ghi nhầm"
    )
    response = browse_as("ha.lt").get(TILL)

    assert rows_of(response) == [
        f"09:42 AB/26P 0000001 {cases[0].code} Tiền mặt 8.000 đ",
        f"09:42 AB/26P 0000002 {cases[1].code} Quét mã QR 8.000 đ",
        f"09:42 AB/26P 0000003 {cases[2].code} Tiền mặt 8.000 đ",
        f"09:42 Hủy AB/26P 0000003 {cases[2].code} Ghi nhầm Tiền mặt -8.000 đ",
    ]
    assert sums_of(response) == ["Tiền mặt 8.000 đ", "Quét mã QR 8.000 đ", "Tổng cộng 16.000 đ"]


def test_till_of_the_next_day_holds_the_void_and_not_the_take(owing, browse_as, people, clock_shows):
    payment = take(owing, people["ha.lt"])
    monday = FRIDAY_MORNING + timedelta(days=3)
    actions.void_payment(
        owing.code, payment.pk, by=people["ha.lt"], at=monday, version=2, reason="Trả lại tiền"
    )
    clerk = browse_as("ha.lt")
    friday = sums_of(clerk.get(TILL))
    clock_shows(monday)

    assert friday == ["Tiền mặt 8.000 đ", "Tổng cộng 8.000 đ"]
    assert sums_of(browse_and_look(browse_as, clock_shows, monday)) == [
        "Tiền mặt -8.000 đ",
        "Tổng cộng -8.000 đ",
    ]


def browse_and_look(browse_as, clock_shows, moment):
    client = browse_as("ha.lt")
    clock_shows(moment)
    return client.get(TILL)


@pytest.mark.parametrize("text", ["1", "0001", "whole", "WHOLE "])
def test_till_finds_a_case_by_its_code_or_todays_number(owing, cashier, text):
    typed_code = {"whole": owing.code.lower(), "WHOLE ": f"{owing.code} "}.get(text, text)

    response = cashier.get(TILL, {"code": typed_code})

    assert (response.status_code, response["Location"]) == (302, money(owing))


@pytest.mark.parametrize("text", ["2", "9999", "x", "٣", "a" * 5000, "-1", "\u202e"])
def test_till_says_that_no_case_bears_this_code(owing, cashier, text):
    response = cashier.get(TILL, {"code": text})

    assert response.status_code == 404
    assert "Không có hồ sơ nào của xã mang mã này." in text_of(response)


def test_till_does_not_find_a_case_of_another_commune(case_at, cashier):
    stranger = case_at(State.REGISTERED, clerk="mai.lt", **COPIES)

    assert cashier.get(TILL, {"code": stranger.code}).status_code == 404


def test_till_of_another_day_is_shown_and_printed_as_it_was(owing, browse_as, people, clock_shows):
    take(owing, people["ha.lt"])
    clock_shows(FRIDAY_MORNING + timedelta(days=3))
    clerk = browse_as("ha.lt")
    friday, monday = clerk.get(TILL, {"day": "20/11/2026"}), clerk.get(TILL)

    assert sums_of(friday) == ["Tiền mặt 8.000 đ", "Tổng cộng 8.000 đ"]
    assert "Tiền thu ngày 20/11/2026" in plain(text_of(friday))
    assert "Hôm nay ông bà chưa thu khoản nào." in text_of(monday)


@pytest.mark.parametrize("day", ["x", "31/02/2026", "0001-01-01", "9999-12-31"])
def test_till_of_a_day_that_is_none_says_so_and_shows_today(owing, browse_as, people, day):
    take(owing, people["ha.lt"])
    response = browse_as("ha.lt").get(TILL, {"day": day})

    assert (response.status_code, sums_of(response)[-1]) == (422, "Tổng cộng 8.000 đ")
    assert "Nhập ngày dạng 26/11/2026." in text_of(response)
    assert f'value="{day}"' in text_of(response)


# transactions (2), session, officer with memberships, scope, takes, voids, for others, unread notices
def test_till_asks_a_fixed_number_of_queries(case_at, browse_as, people, django_assert_num_queries):
    for number in range(1, 4):
        take(case_at(State.REGISTERED, **COPIES), people["ha.lt"], number=number)
    clerk = browse_as("ha.lt")
    clerk.get(TILL)

    with django_assert_num_queries(9):
        clerk.get(TILL)


# transactions (2), session, officer with memberships, scope, case with two lists, note, takes (2),
# last receipt, unread notices
def test_money_page_asks_a_fixed_number_of_queries(owing, browse_as, django_assert_num_queries):
    clerk = browse_as("ha.lt")
    clerk.get(money(owing))

    with django_assert_num_queries(13):
        clerk.get(money(owing))
