"""Money taken and voided: rows beside the obligation, one winner, one event each."""

from dataclasses import replace

import pytest
from django.db import DatabaseError, connection, transaction

from cases import actions
from cases.choices import Action, PaymentMethod, State
from cases.errors import CaseError, StaleCase
from cases.models import Case, CaseEvent, Payment, PaymentVoid
from cases.money import money_of
from tests.cases.actions.test_concurrency import at_once
from tests.cases.conftest import FRIDAY_MORNING, a_take

COPIES = {"procedure_code": "2.000815", "copies": 4}  # 2.000 đ each


@pytest.fixture
def owing(case_at):
    """A case of Định Hòa that owes eight thousand đồng."""
    return case_at(State.REGISTERED, **COPIES)


@pytest.fixture
def cashier(people):
    """Who takes money in Định Hòa and sees no case."""
    return people["thu.nt"]


def take(case, by, *, version=None, at=FRIDAY_MORNING, **changes):
    wanted = case.version if version is None else version
    return actions.take_payment(case.code, a_take(**changes), by=by, at=at, version=wanted)


def refusal_of(call):
    with pytest.raises(CaseError) as refused:
        call()
    return refused.value.code


@pytest.mark.django_db
def test_take_payment_keeps_receipt_amount_and_who_took_it(owing, clerk):
    payment = Payment.objects.get(pk=take(owing, clerk).pk)

    assert (payment.receipt, payment.amount_vnd, payment.method) == ("AB/26P 0000123", 8000, "cash")
    assert (payment.payer, payment.taken_by_id, payment.taken_at) == (
        "Lê Thị Hương",
        clerk.officer_id,
        FRIDAY_MORNING,
    )
    assert payment.reception_point_id == clerk.reception_point_id
    money = money_of(Case.objects.get())
    assert (money.owed_vnd, money.taken_vnd, money.outstanding_vnd) == (8000, 8000, 0)


@pytest.mark.django_db
def test_take_payment_is_one_event_with_ids_and_amounts_only(owing, clerk):
    payment = take(owing, clerk, payer="Lê Văn Sơn")
    case, event = Case.objects.get(), CaseEvent.objects.order_by("seq").last()

    assert event.payload == {"schema": 1, "payment": payment.pk, "amount_vnd": 8000}
    assert (event.kind, event.from_state, event.to_state, event.reason) == (
        "take_payment",
        "registered",
        "registered",
        "",
    )
    assert (case.version, event.seq, case.state) == (2, 2, State.REGISTERED)


@pytest.mark.django_db
def test_take_payment_in_parts_leaves_the_rest_outstanding(owing, clerk):
    take(owing, clerk, amount_vnd=3000)
    take(owing, clerk, version=2, amount_vnd=5000, number=124, method=PaymentMethod.QR)

    assert [one.payment.amount_vnd for one in money_of(Case.objects.get()).takes] == [3000, 5000]
    assert money_of(Case.objects.get()).outstanding_vnd == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("amount", "code"), [(8001, "too_much"), (10**12, "too_much"), (0, "too_much"), (-8000, "too_much")]
)
def test_take_payment_of_what_is_not_owed_is_refused(owing, clerk, amount, code):
    assert refusal_of(lambda: take(owing, clerk, amount_vnd=amount)) == code
    assert (Payment.objects.count(), Case.objects.get().version) == (0, 1)


@pytest.mark.django_db
def test_take_payment_where_nothing_is_owed_any_more_is_refused(owing, clerk):
    take(owing, clerk)

    assert refusal_of(lambda: take(owing, clerk, version=2, number=124)) == "nothing_owed"


@pytest.mark.django_db
def test_take_payment_with_one_key_twice_is_one_take_even_on_an_old_page(owing, clerk):
    once = a_take()
    first = actions.take_payment(owing.code, once, by=clerk, at=FRIDAY_MORNING, version=1)
    again = actions.take_payment(
        owing.code, replace(once, number=124), by=clerk, at=FRIDAY_MORNING, version=1
    )

    assert (again.pk, Payment.objects.count(), CaseEvent.objects.count()) == (first.pk, 1, 2)


@pytest.mark.django_db
def test_take_payment_on_an_old_page_is_refused(owing, clerk):
    actions.forward_case(owing.code, by=clerk, at=FRIDAY_MORNING, version=1)

    with pytest.raises(StaleCase):
        take(owing, clerk, version=1)


@pytest.mark.django_db
def test_take_payment_on_a_receipt_that_was_used_is_refused_in_words(owing, case_at, clerk, people):
    take(owing, clerk)
    other = case_at(State.REGISTERED, **COPIES)

    with pytest.raises(CaseError, match="Biên lai AB/26P 0000123 đã dùng rồi") as refused:
        take(other, people["hien.vt"])

    assert refused.value.code == "receipt_used"
    assert (Payment.objects.count(), Case.objects.get(pk=other.pk).version) == (1, 1)


@pytest.mark.django_db
def test_take_payment_in_another_commune_counts_its_own_receipts(owing, case_at, people):
    neighbour = case_at(State.REGISTERED, clerk="mai.lt", **COPIES)

    take(owing, people["ha.lt"])
    take(neighbour, people["mai.lt"])

    assert {one.receipt for one in Payment.objects.all()} == {"AB/26P 0000123"}
    assert refusal_of(lambda: take(neighbour, people["ha.lt"], version=2, number=9)) == "not_found"


@pytest.mark.django_db
@pytest.mark.parametrize("username", ["duc.hm", "thanh.nt", "long.td", "hung.tv", "son.lv"])
def test_take_payment_is_for_clerk_and_cashier_only(owing, people, username):
    assert refusal_of(lambda: take(owing, people[username])) == "not_allowed"


@pytest.mark.django_db
def test_take_payment_by_a_cashier_who_sees_no_case_is_taken(owing, cashier):
    assert list(Case.objects.visible_to(cashier)) == []
    assert take(owing, cashier).taken_by_id == cashier.officer_id


@pytest.mark.django_db
def test_take_payment_of_a_withdrawn_case_is_refused(owing, clerk):
    actions.withdraw_case(owing.code, by=clerk, at=FRIDAY_MORNING, version=1, reason="Xin rút")

    assert refusal_of(lambda: take(owing, clerk, version=2)) == "not_payable"


@pytest.mark.django_db(transaction=True)
def test_take_payment_by_two_at_once_is_one_take(owing, people):
    calls = [
        lambda who=who, number=number: take(owing, people[who], version=1, number=number)
        for who, number in (("ha.lt", 1), ("hien.vt", 2), ("moi.nv", 3))
    ]

    answers = at_once(*calls)

    assert sorted(type(answer).__name__ for answer in answers) == ["Payment", "StaleCase", "StaleCase"]
    assert (Payment.objects.count(), Case.objects.get().version) == (1, 2)


@pytest.mark.django_db(transaction=True)
def test_take_payment_with_one_key_by_three_hands_is_one_take(owing, clerk):
    once = a_take()
    call = lambda: actions.take_payment(owing.code, once, by=clerk, at=FRIDAY_MORNING, version=1)  # noqa: E731

    assert len({payment.pk for payment in at_once(call, call, call)}) == 1
    assert (Payment.objects.count(), CaseEvent.objects.count()) == (1, 2)


@pytest.mark.django_db
def test_void_payment_is_a_row_and_the_money_is_owed_again(owing, clerk):
    payment = take(owing, clerk)

    actions.void_payment(owing.code, payment.pk, by=clerk, at=FRIDAY_MORNING, version=2, reason="Ghi nhầm")

    event, case = CaseEvent.objects.order_by("seq").last(), Case.objects.get()
    assert (PaymentVoid.objects.get().reason, Payment.objects.count()) == ("Ghi nhầm", 1)
    assert money_of(case).outstanding_vnd == 8000
    assert (event.kind, event.seq, case.version, event.reason) == ("void_payment", 3, 3, "")
    assert event.payload == {
        "schema": 1,
        "payment": payment.pk,
        "void": PaymentVoid.objects.get().pk,
        "amount_vnd": 8000,
    }
    assert refusal_of(lambda: take(owing, clerk, version=3)) == "receipt_used"
    assert take(owing, clerk, version=3, number=124).amount_vnd == 8000


@pytest.mark.django_db
def test_void_payment_twice_without_a_reason_or_of_another_case_is_refused(owing, case_at, clerk, people):
    payment, other = take(owing, clerk), case_at(State.REGISTERED, **COPIES)
    said = {"at": FRIDAY_MORNING, "version": 2}

    def void(**changes):
        usual = {"code": owing.code, "payment_id": payment.pk, "by": clerk, "reason": "Ghi nhầm"} | said
        return lambda: actions.void_payment(**usual | changes)

    assert refusal_of(void(reason="")) == "reason_needed"
    assert refusal_of(void(code=other.code, version=1)) == "not_found"
    assert refusal_of(void(by=people["mai.lt"])) == "not_found"
    assert refusal_of(void(by=people["duc.hm"])) == "not_allowed"
    assert refusal_of(void(version=1)) == "stale"
    void(by=people["long.td"])()
    assert refusal_of(void(version=3)) == "already_void"
    assert PaymentVoid.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE cases_payment SET amount_vnd = 1",
        "DELETE FROM cases_payment",
        "TRUNCATE cases_payment CASCADE",
        "UPDATE cases_paymentvoid SET reason = 'x'",
        "DELETE FROM cases_paymentvoid",
        "TRUNCATE cases_paymentvoid",
    ],
)
def test_payments_are_only_added_to(owing, clerk, statement):
    payment = take(owing, clerk)
    actions.void_payment(owing.code, payment.pk, by=clerk, at=FRIDAY_MORNING, version=2, reason="Ghi nhầm")

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db
@pytest.mark.parametrize("table", ["cases_payment", "cases_paymentvoid"])
def test_payments_are_guarded_against_the_owner_too(table):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal", [table]
        )
        assert {row[0] for row in cursor.fetchall()} == {"refuse_change", "refuse_truncate"}


def test_actions_of_money_move_no_case():
    assert {Action.TAKE_PAYMENT, Action.VOID_PAYMENT} & set(actions.moves.MOVES) == set()
