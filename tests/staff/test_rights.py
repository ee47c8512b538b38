"""The table of rights, walked cell by cell against decision 19 and the roles of the domain."""

from itertools import product

import pytest

from staff.rights import RIGHTS, Capability, Role

READERS = {Role.DIRECTOR, Role.CLERK, Role.HANDLER, Role.SIGNATORY}
HOLDERS = {
    Capability.VIEW_CASES: READERS,
    Capability.VIEW_ALL_FIELDS: {Role.DIRECTOR, Role.SIGNATORY},
    Capability.VIEW_WITH_REASON: {Role.AUDITOR},
    Capability.VIEW_COUNTS: READERS | {Role.PROVINCE_ADMIN},
    Capability.VIEW_REPORTS: {Role.PROVINCE_ADMIN, Role.DIRECTOR, Role.SIGNATORY},
    Capability.REGISTER_CASE: {Role.CLERK},
    Capability.FORWARD_CASE: {Role.CLERK, Role.DIRECTOR},
    Capability.HANDLE_CASE: {Role.HANDLER},
    Capability.ASK_SUPPLEMENT: {Role.CLERK, Role.HANDLER},
    Capability.REFUSE_CASE: {Role.CLERK},
    Capability.SUBMIT_RESULT: {Role.HANDLER},
    Capability.APPROVE_RESULT: {Role.SIGNATORY},
    Capability.APPROVE_LETTER: {Role.DIRECTOR, Role.SIGNATORY},
    Capability.EXTEND_CASE: {Role.DIRECTOR},
    Capability.CLOSE_CASE: {Role.DIRECTOR},
    Capability.HAND_OVER_RESULT: {Role.CLERK},
    Capability.WITHDRAW_CASE: {Role.CLERK, Role.DIRECTOR},
    Capability.AMEND_CASE: {Role.CLERK, Role.HANDLER, Role.DIRECTOR},
    Capability.VOID_CASE: {Role.DIRECTOR},
    Capability.OPEN_CORRECTION: {Role.CLERK, Role.DIRECTOR},
    Capability.TAKE_PAYMENT: {Role.CLERK, Role.CASHIER},
    Capability.VOID_PAYMENT: {Role.CLERK, Role.CASHIER, Role.DIRECTOR},
    Capability.VIEW_TILL: {Role.DIRECTOR, Role.SIGNATORY},
    Capability.PRINT_RECEIPT: {Role.CLERK, Role.DIRECTOR},
    Capability.MANAGE_ACCOUNTS: {Role.PROVINCE_ADMIN, Role.COMMUNE_ADMIN},
    Capability.MANAGE_COMMUNES: {Role.PROVINCE_ADMIN},
    Capability.MANAGE_CALENDAR: {Role.PROVINCE_ADMIN},
    Capability.MANAGE_CATALOGUE: {Role.PROVINCE_ADMIN},
    Capability.EDIT_TEXTS: {Role.PROVINCE_ADMIN, Role.COMMUNE_ADMIN, Role.CONTENT_EDITOR},
    Capability.READ_ACCESS_LOG: {Role.AUDITOR},
}


def test_holders_name_every_capability():
    assert set(HOLDERS) == set(Capability)


def test_rights_have_a_row_for_every_role():
    assert set(RIGHTS) == set(Role)


@pytest.mark.parametrize(("role", "capability"), list(product(Role, Capability)))
def test_rights_give_a_capability_to_its_holders_only(role, capability):
    assert (capability in RIGHTS[role]) == (role in HOLDERS[capability])


def test_rights_let_nobody_both_submit_and_approve():
    both = {Capability.SUBMIT_RESULT, Capability.APPROVE_RESULT}

    assert [role for role in Role if both <= RIGHTS[role]] == []
