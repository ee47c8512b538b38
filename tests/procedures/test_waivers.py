"""Who pays less for a procedure: the rules that name its charges, and no others."""

from dataclasses import replace
from datetime import date

import pytest

from procedures.models import ProcedureVersion
from procedures.quotes import exemption_terms
from procedures.waivers import waivers_of

pytestmark = pytest.mark.django_db

FRIDAY = date(2026, 11, 20)


def version(code):
    return ProcedureVersion.objects.for_detail().get(procedure__code=code)


def found(code, day=FRIDAY):
    return waivers_of(version(code), exemption_terms(day))


def test_waivers_of_civil_status_name_the_groups_of_article_11():
    waivers = found("1.004873")

    assert {waiver.basis for waiver in waivers if "Luật Hộ tịch 2014, Điều 11 khoản 1" in waiver.basis}
    groups = {group for waiver in waivers for group in waiver.categories}
    assert {"Gia đình có công với cách mạng", "Hộ nghèo", "Người khuyết tật"} <= groups


def test_waivers_of_certification_are_none_for_the_poor():
    assert "Hộ nghèo" not in {group for waiver in found("2.000815") for group in waiver.categories}


def test_waivers_of_a_procedure_without_charges_are_none():
    assert found("1.013133") == ()


def test_waivers_end_with_their_last_day():
    last, after = found("1.004873", date(2027, 2, 28)), found("1.004873", date(2027, 3, 1))

    assert {waiver.valid_to for waiver in last} - {waiver.valid_to for waiver in after} == {date(2027, 2, 28)}


def test_waivers_put_the_most_generous_first():
    rules = [rule for rule in exemption_terms(FRIDAY) if "civil_status_charge" in rule.charges][:1]
    rules = [
        replace(rules[0], code=code, waive_percent=percent)
        for code, percent in [("b", 50), ("c", 100), ("a", 50)]
    ]
    named = [replace(rule, wording=rule.code) for rule in rules]

    assert [waiver.wording for waiver in waivers_of(version("1.004873"), named)] == ["c", "a", "b"]


def test_waivers_for_other_procedures_are_left_out():
    rules = [rule for rule in exemption_terms(FRIDAY) if "civil_status_charge" in rule.charges][:1]
    elsewhere = replace(rules[0], procedures=frozenset({"1.000656"}))

    assert waivers_of(version("1.004873"), [elsewhere]) == ()
    assert len(waivers_of(version("1.004873"), [replace(elsewhere, procedures=frozenset({"1.004873"}))])) == 1
