from datetime import date
from functools import partial

import pytest

from procedures.errors import ProcedureError
from procedures.fees import (
    Authority,
    ExemptionTerm,
    FeeKind,
    FeeTerm,
    FeeUnit,
    Reason,
    quote_fees,
)

DAY = date(2026, 11, 20)  # Friday

CERTIFIED_COPY = FeeTerm(
    code="certified_copy",
    name="Phí chứng thực bản sao từ bản chính",
    kind=FeeKind.FEE,
    authority=Authority.CENTRAL,
    charge="certification_fee",
    amount_vnd=None,
    unit=FeeUnit.PER_PAGE,
    certainty="S",
    basis="Thông tư 226/2016/TT-BTC",
    channels=frozenset(),
    tiers=((1, 2_000), (3, 1_000)),
    cap_vnd=200_000,
)
EXTRACT = FeeTerm(
    code="extract",
    name="Phí khai thác cơ sở dữ liệu hộ tịch",
    kind=FeeKind.FEE,
    authority=Authority.CENTRAL,
    charge="civil_status_data_fee",
    amount_vnd=8_000,
    unit=FeeUnit.PER_COPY,
    certainty="S",
    basis="Thông tư 281/2016/TT-BTC",
    channels=frozenset(),
)
CIVIL_STATUS = FeeTerm(
    code="single_status",
    name="Lệ phí hộ tịch",
    kind=FeeKind.CHARGE,
    authority=Authority.PROVINCIAL,
    charge="civil_status_charge",
    amount_vnd=15_000,
    unit=FeeUnit.PER_CASE,
    certainty="U",
    basis="Nghị quyết của Hội đồng nhân dân tỉnh",
    channels=frozenset(),
)


def rule(code, **changes):
    """A rule that waives the civil-status charge in full, with what a test changes."""
    terms = {
        "basis": f"căn cứ {code}",
        "wording": code,
        "charges": frozenset({"civil_status_charge"}),
        "procedures": frozenset(),
        "situations": frozenset(),
        "channels": frozenset(),
        "categories": frozenset(),
        "valid_from": date(2020, 1, 1),
        "valid_to": None,
        "waive_percent": 100,
    }
    return ExemptionTerm(code=code, **(terms | changes))


CIVIL_STATUS_GROUPS = rule(
    "ht_d11_k1",
    basis="Điều 11 Luật Hộ tịch 2014",
    wording="hộ nghèo",
    categories=frozenset({"meritorious_family", "poor_household", "disabled"}),
    valid_from=date(2016, 1, 1),
)
IN_TIME = rule("ht_d11_k2", procedures=frozenset({"1.001193"}), situations=frozenset({"in_time"}))
ONLINE_IN_THE_PROVINCE = rule(
    "nq12",
    basis="Nghị quyết 12/2025/NQ-HĐND tỉnh Thanh Hóa",
    wording="nộp trực tuyến",
    channels=frozenset({"online"}),
    valid_from=date(2025, 6, 24),
)
FIVE_PAPERS = rule(
    "nq66_22",
    basis="Nghị quyết 66.22/2026/NQ-CP",
    wording="đã tích hợp đủ năm giấy tờ trên VNeID",
    charges=frozenset({"civil_status_data_fee", "civil_status_charge"}),
    procedures=frozenset({"2.000635", "1.004873"}),
    channels=frozenset({"online"}),
    categories=frozenset({"vneid2_five_papers"}),
    valid_from=date(2026, 8, 15),
    valid_to=date(2027, 2, 28),
)
RULES = (CIVIL_STATUS_GROUPS, IN_TIME, ONLINE_IN_THE_PROVINCE, FIVE_PAPERS)


def quote(*terms, exemptions=RULES, categories=(), **changes):
    filing = {"procedure": "1.004873", "situation": None, "channel": "counter", "day": DAY} | changes
    return quote_fees(terms, exemptions, categories=frozenset(categories), **filing)


certified_copies = partial(quote, CERTIFIED_COPY, procedure="2.000815")


@pytest.mark.parametrize(
    ("pages", "vnd"),
    [(1, 2_000), (2, 4_000), (3, 5_000), (10, 12_000), (198, 200_000), (199, 200_000), (1_000, 200_000)],
)
def test_quote_fees_of_one_certified_copy_follows_its_pages(pages, vnd):
    assert certified_copies(pages=pages).payable_vnd == vnd


@pytest.mark.parametrize(
    ("pages", "copies", "vnd"), [(1, 3, 6_000), (3, 2, 10_000), (199, 2, 400_000), (10, 5, 60_000)]
)
def test_quote_fees_of_certified_copies_caps_each_copy(pages, copies, vnd):
    assert certified_copies(pages=pages, copies=copies).payable_vnd == vnd


@pytest.mark.parametrize(
    ("term", "vnd"),
    [
        (EXTRACT, 24_000),
        (CIVIL_STATUS, 15_000),
    ],
)
def test_quote_fees_of_three_copies_depends_on_the_unit(term, vnd):
    assert quote(term, copies=3, pages=9).payable_vnd == vnd


def test_quote_fees_by_page_without_tiers_multiplies():
    term = FeeTerm(
        *("page", "Phí", FeeKind.FEE, Authority.CENTRAL, "page_fee", 500, FeeUnit.PER_PAGE, "S", "Thông tư"),
        channels=frozenset(),
        cap_vnd=4_000,
    )

    assert quote(term, pages=3, copies=2).payable_vnd == 3_000
    assert quote(term, pages=9, copies=2).payable_vnd == 8_000


def test_quote_fees_of_a_poor_household_still_pays_for_certified_copies():
    quoted = certified_copies(categories={"poor_household"})

    assert (quoted.payable_vnd, quoted.waived_vnd) == (2_000, 0)
    assert quoted.lines[0].exemption_code is None


@pytest.mark.parametrize("category", ["meritorious_family", "poor_household", "disabled"])
def test_quote_fees_of_a_group_of_the_civil_status_law_is_nothing(category):
    quoted = quote(CIVIL_STATUS, categories={category, "elderly"})

    assert (quoted.base_vnd, quoted.payable_vnd, quoted.waived_vnd) == (15_000, 0, 15_000)
    assert quoted.lines[0].exemption_code == "ht_d11_k1"


@pytest.mark.parametrize("categories", [[], ["near_poor_household"], ["elderly", "child", "ethnic_minority"]])
def test_quote_fees_of_other_groups_is_the_full_charge(categories):
    assert quote(CIVIL_STATUS, categories=categories).payable_vnd == 15_000


@pytest.mark.parametrize(
    ("procedure", "situation", "vnd"),
    [
        ("1.001193", "in_time", 0),
        ("1.001193", "late", 15_000),
        ("1.001193", None, 15_000),
        ("1.000656", "in_time", 15_000),
    ],
)
def test_quote_fees_of_a_rule_for_a_situation_needs_procedure_with_situation(procedure, situation, vnd):
    assert quote(CIVIL_STATUS, procedure=procedure, situation=situation).payable_vnd == vnd


@pytest.mark.parametrize(
    ("channel", "day", "vnd"),
    [
        ("online", date(2026, 11, 20), 0),
        ("online", date(2025, 6, 24), 0),
        ("online", date(2025, 6, 23), 15_000),
        ("counter", date(2026, 11, 20), 15_000),
        ("post", date(2026, 11, 20), 15_000),
    ],
)
def test_quote_fees_online_waives_charges_of_the_province(channel, day, vnd):
    assert quote(CIVIL_STATUS, channel=channel, day=day).payable_vnd == vnd


def test_quote_fees_online_does_not_waive_central_fees():
    assert quote(EXTRACT, procedure="2.000635", channel="online").payable_vnd == 8_000
    assert certified_copies(channel="online").payable_vnd == 2_000


@pytest.mark.parametrize(
    ("day", "vnd"),
    [
        (date(2026, 8, 14), 8_000),
        (date(2026, 8, 15), 0),
        (date(2027, 2, 28), 0),
        (date(2027, 3, 1), 8_000),
    ],
)
def test_quote_fees_with_five_papers_online_is_waived_while_the_resolution_lasts(day, vnd):
    quoted = quote(
        EXTRACT, procedure="2.000635", channel="online", day=day, categories={"vneid2_five_papers"}
    )

    assert quoted.payable_vnd == vnd


@pytest.mark.parametrize(
    ("procedure", "channel", "categories"),
    [
        ("2.000635", "counter", {"vneid2_five_papers"}),
        ("2.000635", "online", set()),
        ("2.002516", "online", {"vneid2_five_papers"}),
    ],
)
def test_quote_fees_with_five_papers_needs_channel_group_procedure(procedure, channel, categories):
    assert quote(EXTRACT, procedure=procedure, channel=channel, categories=categories).payable_vnd == 8_000


@pytest.mark.parametrize(
    ("rules", "chosen", "payable"),
    [
        ([rule("a_half", waive_percent=50), rule("full")], "full", 0),
        ([rule("a_third", waive_percent=30), rule("half", waive_percent=50)], "half", 7_500),
        ([rule("b"), rule("a"), rule("c")], "a", 0),
        ([rule("nothing", waive_percent=0)], None, 15_000),
        ([rule("none_named", charges=frozenset())], None, 15_000),
        ([rule("other", charges=frozenset({"certification_fee"}))], None, 15_000),
        ([], None, 15_000),
    ],
)
def test_quote_fees_takes_the_most_favourable_rule(rules, chosen, payable):
    line = quote(CIVIL_STATUS, exemptions=rules).lines[0]

    assert (line.exemption_code, line.payable_vnd) == (chosen, payable)


@pytest.mark.parametrize(
    ("amount", "percent", "waived"), [(999, 50, 499), (10_001, 30, 3_000), (1, 99, 0), (15_000, 100, 15_000)]
)
def test_quote_fees_rounds_a_percent_waiver_down(amount, percent, waived):
    term = FeeTerm(**{**vars(CIVIL_STATUS), "amount_vnd": amount})

    quoted = quote(term, exemptions=[rule("some", waive_percent=percent)])

    assert (quoted.waived_vnd, quoted.payable_vnd) == (waived, amount - waived)


UNKNOWN = FeeTerm(**{**vars(CIVIL_STATUS), "amount_vnd": None})


def test_quote_fees_of_an_unknown_amount_says_so():
    line = quote(UNKNOWN).lines[0]

    assert (line.base_vnd, line.payable_vnd, line.reason) == (0, 0, Reason("amount_unknown"))


def test_quote_fees_of_an_unknown_amount_that_is_waived_in_full_says_why():
    line = quote(UNKNOWN, channel="online").lines[0]

    assert (line.base_vnd, line.payable_vnd, line.exemption_code) == (0, 0, "nq12")
    assert line.reason.code == "exempt"


def test_quote_fees_of_an_unknown_amount_that_is_halved_stays_unknown():
    line = quote(UNKNOWN, exemptions=[rule("half", waive_percent=50)]).lines[0]

    assert (line.payable_vnd, line.exemption_code, line.reason.code) == (0, None, "amount_unknown")


@pytest.mark.parametrize(
    ("changes", "exemptions", "reason"),
    [
        ({}, (), Reason("charged", {"basis": "Nghị quyết của Hội đồng nhân dân tỉnh"})),
        ({"amount_vnd": 0}, RULES, Reason("no_charge", {"basis": "Nghị quyết của Hội đồng nhân dân tỉnh"})),
        (
            {},
            [rule("ht", wording="hộ nghèo", basis="Luật")],
            Reason("exempt", {"exemption": "ht", "wording": "hộ nghèo", "basis": "Luật"}),
        ),
        (
            {},
            [rule("nq", wording="w", basis="b", waive_percent=50)],
            Reason("reduced", {"exemption": "nq", "wording": "w", "basis": "b", "percent": 50}),
        ),
    ],
)
def test_quote_fees_gives_the_reason_of_each_line(changes, exemptions, reason):
    term = FeeTerm(**(vars(CIVIL_STATUS) | changes))

    assert quote(term, exemptions=exemptions, channel="online").lines[0].reason == reason


def test_reason_stored_as_json_comes_back_the_same():
    reason = quote(CIVIL_STATUS, channel="online").lines[0].reason

    assert Reason.from_json(reason.as_json()) == reason


def test_quote_fees_leaves_out_what_another_channel_owes():
    postage = FeeTerm(**(vars(EXTRACT) | {"channels": frozenset({"post"}), "amount_vnd": 30_000}))

    assert quote(postage, EXTRACT, channel="counter").payable_vnd == 8_000
    assert quote(postage, EXTRACT, channel="post").payable_vnd == 38_000


def test_quote_fees_adds_up_its_lines():
    quoted = quote(EXTRACT, CIVIL_STATUS, channel="online", copies=2)

    assert (quoted.base_vnd, quoted.payable_vnd, quoted.waived_vnd) == (31_000, 16_000, 15_000)
    assert [line.name for line in quoted.lines] == [EXTRACT.name, CIVIL_STATUS.name]


def test_quote_fees_without_terms_is_nothing():
    assert quote() == quote_fees(
        (), (), procedure="x", situation=None, channel="post", day=DAY, categories=frozenset()
    )
    assert quote().payable_vnd == 0


@pytest.mark.parametrize("quantity", [{"copies": 0}, {"pages": 0}, {"copies": -1}])
def test_quote_fees_of_no_copy_or_page_is_refused(quantity):
    with pytest.raises(ProcedureError) as refused:
        certified_copies(**quantity)

    assert refused.value.code == "quantity_invalid"


@pytest.mark.parametrize("percent", [-1, 101])
def test_exemption_beyond_the_whole_is_refused(percent):
    with pytest.raises(ValueError, match="percent"):
        rule("wrong", waive_percent=percent)
