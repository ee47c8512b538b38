"""The fee engine against what must always hold, and against a slow one that shares no code with it."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from procedures.fees import Authority, ExemptionTerm, FeeKind, FeeTerm, FeeUnit, quote_fees

# Small sets of names, so that rules often meet.
CHARGES = ["civil_status_charge", "certification_fee", "residence_charge"]
PROCEDURES = ["1.001193", "1.004873"]
SITUATIONS = ["in_time", "late"]
CHANNELS = ["counter", "online", "post"]
CATEGORIES = ["poor_household", "disabled", "child"]


def some(names):
    return st.frozensets(st.sampled_from(names), max_size=2)


days = st.dates(date(2026, 1, 1), date(2026, 1, 20))
tiers = st.lists(
    st.tuples(st.integers(2, 9), st.integers(0, 5_000)), max_size=2, unique_by=lambda tier: tier[0]
)
terms = st.builds(
    FeeTerm,
    code=st.just("t"),
    name=st.just("Lệ phí"),
    kind=st.sampled_from(FeeKind),
    authority=st.sampled_from(Authority),
    charge=st.sampled_from(CHARGES),
    amount_vnd=st.none() | st.integers(0, 100_000),
    unit=st.sampled_from(FeeUnit),
    certainty=st.just("S"),
    basis=st.just("Thông tư"),
    channels=some(CHANNELS),
    tiers=st.just(())
    | st.builds(lambda first, later: ((1, first), *sorted(later)), st.integers(0, 5_000), tiers),
    cap_vnd=st.none() | st.integers(0, 50_000),
)
exemptions = st.builds(
    ExemptionTerm,
    code=st.text("abc", min_size=1, max_size=3),
    basis=st.just("Luật"),
    wording=st.just("hộ nghèo"),
    charges=some(CHARGES),
    procedures=some(PROCEDURES),
    situations=some(SITUATIONS),
    channels=some(CHANNELS),
    categories=some(CATEGORIES),
    valid_from=days,
    valid_to=st.none() | days,
    waive_percent=st.integers(0, 100),
)
filings = st.fixed_dictionaries(
    {
        "procedure": st.sampled_from(PROCEDURES),
        "situation": st.sampled_from([*SITUATIONS, None]),
        "channel": st.sampled_from(CHANNELS),
        "day": days,
        "categories": some(CATEGORIES),
        "copies": st.integers(1, 4),
        "pages": st.integers(1, 12),
    }
)


def slow_page_vnd(term, page):
    price = term.amount_vnd
    for from_page, page_vnd in term.tiers:
        if page >= from_page:
            price = page_vnd
    return price


def slow_base(term, filing):
    if term.unit is FeeUnit.PER_PAGE:
        prices = [slow_page_vnd(term, page) for page in range(1, filing["pages"] + 1)]
        one = None if None in prices else sum(prices)
    else:
        one = term.amount_vnd
    if one is None:
        return 0
    if term.cap_vnd is not None and one > term.cap_vnd:
        one = term.cap_vnd
    times = 1 if term.unit is FeeUnit.PER_CASE else filing["copies"]
    return sum(one for _copy in range(times))


def slow_applies(exemption, term, filing):
    asked = [
        (exemption.procedures, {filing["procedure"]}),
        (exemption.situations, {filing["situation"]}),
        (exemption.channels, {filing["channel"]}),
        (exemption.categories, filing["categories"]),
    ]
    if term.charge not in exemption.charges or filing["day"] < exemption.valid_from:
        return False
    if exemption.valid_to and filing["day"] > exemption.valid_to:
        return False
    return all(any(name in held for name in wanted) for wanted, held in asked if wanted)


def slow_payable(term, rules, filing):
    base = slow_base(term, filing)
    return min(
        [base, *(base - base * e.waive_percent // 100 for e in rules if slow_applies(e, term, filing))]
    )


@settings(max_examples=1500, deadline=None)
@given(terms, st.lists(exemptions, max_size=6), filings)
def test_quote_of_a_line_agrees_with_a_slow_computation(term, rules, filing):
    quoted = quote_fees([term], rules, **filing)

    if term.channels and filing["channel"] not in term.channels:
        assert quoted.lines == ()
    else:
        assert quoted.base_vnd == slow_base(term, filing)
        assert quoted.payable_vnd == slow_payable(term, rules, filing)


@settings(max_examples=800, deadline=None)
@given(st.lists(terms, max_size=3), st.lists(exemptions, max_size=4), filings)
def test_quote_never_owes_less_than_nothing_nor_more_than_the_base(fee_terms, rules, filing):
    quoted = quote_fees(fee_terms, rules, **filing)

    assert quoted.payable_vnd + quoted.waived_vnd == quoted.base_vnd
    assert all(0 <= line.payable_vnd <= line.base_vnd for line in quoted.lines)
    assert all(line.exemption_code is not None for line in quoted.lines if line.waived_vnd)


@settings(max_examples=800, deadline=None)
@given(terms, st.lists(exemptions, max_size=4), exemptions, filings)
def test_quote_with_one_rule_more_never_costs_more(term, rules, another, filing):
    with_fewer, with_more = (quote_fees([term], known, **filing) for known in (rules, [*rules, another]))

    assert with_more.payable_vnd <= with_fewer.payable_vnd


@settings(max_examples=300, deadline=None)
@given(terms, st.lists(exemptions, min_size=2, max_size=5, unique_by=lambda e: e.code), filings)
def test_quote_does_not_hang_on_the_order_of_the_rules(term, rules, filing):
    assert quote_fees([term], rules, **filing) == quote_fees([term], rules[::-1], **filing)
