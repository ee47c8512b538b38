"""Which address is open to whom, and what fills its places: a new address has to be listed here."""

from staff.rights import Role
from tests.addresses import addresses

ALL = addresses()
BY_NAME = {address.name: address for address in ALL}
# What anybody may open, with what a plain look without any question answers.
PUBLIC = {
    "health": 200,
    "metrics": 404,
    "schema": 200,
    "procedures_api:procedures": 200,
    "procedures_api:procedure": 200,
    "procedures_api:quote": 422,
    "procedures_api:deadlines": 422,
    "cases_api:track": 422,
    "^api/": 404,
    "staff:sign_in": 200,
    "staff:sign_out": 405,
    "staff:communes": 200,
    "staff:commune": 200,
    "staff:personal_data": 200,
    "procedures:home": 200,
    "procedures:board": 200,
    "procedures:procedure": 200,
    "cases:track": 200,
    "cases:track_token": 200,
}
THRESHOLD = {"staff:change_password": 200, "staff:choose_membership": 200}
# Addresses that open with a key alone; a session opens none of them.
BEHIND_A_KEY = {
    "cases_api:cases": 401,
    "cases_api:case": 401,
    "cases_api:moves": 401,
    "cases_api:papers": 401,
    "cases_api:paper_files": 401,
    "cases_api:file": 401,
    "cases_api:documents": 401,
    "cases_api:document": 401,
    "cases_api:webhooks": 401,
    "cases_api:webhook": 401,
    "cases_api:webhook_secret": 401,
    "cases_api:deliveries": 401,
    "cases_api:replay": 401,
}
PUBLIC |= BEHIND_A_KEY
OWN_ACCOUNT = {
    "staff:account": 200,
    "staff:tokens": 200,
    "staff:revoke_token": 405,
    "staff:set_shortcuts": 405,
    "cases:webhooks": 200,
    "cases:webhook_switch": 405,
    "cases:webhook_replay": 405,
    "office_status": 200,
}
TILL = frozenset({Role.CLERK, Role.CASHIER})
VIEWERS = frozenset({Role.CLERK, Role.HANDLER, Role.DIRECTOR, Role.SIGNATORY})
# Who may open what lies behind sign-in; the others get the page that says so.
OPEN_TO = {
    "cases:queue": VIEWERS,
    "cases:find": VIEWERS,
    "cases:case": VIEWERS,
    "cases:registered": VIEWERS,
    "cases:receipt": VIEWERS,
    "cases:move": VIEWERS,
    "cases:papers": VIEWERS,
    "cases:file": VIEWERS,
    "cases:digitise": frozenset({Role.CLERK, Role.HANDLER}),
    "cases:paper_reuse": frozenset({Role.CLERK, Role.HANDLER}),
    "cases:receipt_copy": VIEWERS,
    "cases:amend": VIEWERS,
    "cases:void": VIEWERS,
    "cases:reprint": VIEWERS,
    "cases:correct": VIEWERS,
    "cases:batch": frozenset({Role.CLERK, Role.HANDLER, Role.DIRECTOR}),
    "cases:notices": VIEWERS,
    "cases:intake": frozenset({Role.CLERK}),
    "cases:intake_options": frozenset({Role.CLERK}),
    "cases:intake_preview": frozenset({Role.CLERK}),
    "cases:intake_recall": frozenset({Role.CLERK}),
    "cases:typed_drop": frozenset({Role.CLERK}),
    "cases:signed_in": frozenset({Role.CLERK}),
    "cases:slips": frozenset({Role.CLERK}),
    "cases:slip": frozenset({Role.CLERK}),
    "cases:slip_given": frozenset({Role.CLERK}),
    "cases:slip_pdf": frozenset({Role.CLERK}),
    "cases:approvals": frozenset({Role.SIGNATORY}),
    "cases:approve_batch": frozenset({Role.SIGNATORY}),
    "cases:take_payment": TILL,
    "cases:void_payment": TILL | {Role.DIRECTOR},
    "cases:till": TILL,
    "cases:commune_till": frozenset({Role.DIRECTOR, Role.SIGNATORY}),
    "cases:foreign": frozenset({Role.CLERK}),
    "cases:handover": frozenset({Role.CLERK}),
    "cases:handover_pdf": frozenset({Role.CLERK}),
    "cases:foreign_row": frozenset({Role.CLERK}),
    "cases:foreign_receipt": frozenset({Role.CLERK}),
    "cases:arrivals": frozenset({Role.CLERK}),
    "cases:agencies": frozenset({Role.CLERK}),
    "cases:agency_handover": frozenset({Role.CLERK}),
}
POSTED_ONLY = frozenset({
    "cases:approve_batch", "cases:batch", "cases:find", "cases:handover", "cases:agency_handover",
    "cases:intake_preview",
    "cases:intake_recall", "cases:typed_drop",
})  # fmt: skip
# Asked for without a form it leads back to the screen that the form is on.
LEADS_BACK = frozenset({"cases:slip", "cases:digitise", "cases:paper_reuse"})
OF_A_CASE = (
    *("cases:case", "cases:registered", "cases:receipt", "cases:move"),
    *("cases:papers", "cases:digitise", "cases:paper_reuse", "cases:file"),
    *("cases:receipt_copy", "cases:amend", "cases:void", "cases:reprint", "cases:correct"),
)
OF_MONEY = ("cases:take_payment", "cases:void_payment")
MOVES = ("forward", "submit", "approve", "send_back", "hand_over", "withdraw")
OFFICERS = {
    Role.CLERK: "ha.lt",
    Role.HANDLER: "duc.hm",
    Role.SIGNATORY: "thanh.nt",
    Role.DIRECTOR: "long.td",
    Role.COMMUNE_ADMIN: "hung.tv",
    Role.CASHIER: "thu.nt",
    Role.PROVINCE_ADMIN: "son.lv",
    Role.AUDITOR: "lan.pt",
    Role.CONTENT_EDITOR: "trang.dt",
}
NEIGHBOURS = ("mai.lt", "thiem.vv", "buong.lv")
# Reading pages that leave a trace, and where.
MAY_WRITE = {
    "cases:case": ("staff_accesslog",),
    "cases:registered": ("staff_accesslog",),
    "cases:move": ("staff_accesslog",),
    "cases:receipt": ("staff_accesslog",),
    "cases:papers": ("staff_accesslog",),
    "cases:file": ("staff_accesslog",),
    "cases:receipt_copy": ("staff_accesslog",),
    "cases:amend": ("staff_accesslog",),
    "cases:void": ("staff_accesslog",),
    "cases:reprint": ("staff_accesslog",),
    "cases:correct": ("staff_accesslog",),
    "cases:slip_given": ("staff_accesslog",),
    "cases:slip_pdf": ("staff_accesslog",),
    "cases:take_payment": ("staff_accesslog",),
    "cases:void_payment": ("staff_accesslog",),
    "cases:foreign_row": ("staff_accesslog",),
    "cases:foreign_receipt": ("staff_accesslog",),
    "cases_api:track": ("cases_trackingattempt", "cases_strangecodeattempt"),
}
ASKED = {
    "procedures:home": ("q=khai+sinh",),
    "procedures:procedure": ("situation=late",),
    "procedures_api:procedures": ("q=khai+sinh", "after=1.001193"),
    "procedures_api:quote": ("channel=counter&received_at=2026-11-20T09:42",),
    "procedures_api:deadlines": ("received_at=2026-11-20T09:42&amount=3&unit=working_day",),
    "cases:queue": (
        "view=overdue",
        "view=mine&size=50",
        "after=2026-11-20T09:42:00%2B07:00,H56",
        "order=name&holder=none&state=registered",
    ),
    "cases:intake": (
        "procedure=1.004873",
        "procedure=2.000815",
        "procedure=khai+sinh",
        "slip=2026-1",
        "slip=x",
        "tiep=x",
    ),
    "cases:intake_options": ("procedure=khai+sinh",),
    "cases:till": ("code=9999", "code=x", "day=2026-11-19", "day=x"),
    "cases:commune_till": ("day=2026-11-19", "day=0001-01-01", "day=9999-12-31", "day=x"),
    "cases:foreign": ("view=all", "after=2026-11-20T09:42:00%2B07:00,H56"),
    "cases:agencies": ("view=all", "after=2026-11-20T09:42:00%2B07:00,H56"),
    "cases:arrivals": ("after=2026-11-20T09:42:00%2B07:00,H56",),
    "staff:communes": ("q=Định+Hòa",),
}
HOSTILE = {
    "nul": "%00",
    "escaped nul": "%2500",
    "5000 characters": "a" * 5000,
    "astral": "💥",
    "combining": "ạ̣̣",
    "dots": "..",
    "encoded slash": "..%2f..%2fetc%2fpasswd",
    "quote": "' OR 1=1 --",
    "broken utf-8": "%ff%fe",
    "line break": "a%0d%0aSet-Cookie:%20x=1",
    "format": "%25s{0}{{7*7}}",
    "right to left": "\u202e",
}
QUESTIONS = (
    *("q", "procedure", "after", "before", "view", "size", "situation", "next", "received_at", "amount"),
    *("channel", "category", "copies", "unit", "digits", "lang", "slip", "tiep", "code"),
    *("order", "field", "state", "holder", "point", "day"),
)
TYPED = (
    *("q", "code", "digits", "username", "password", "next", "version", "holder", "reason", "number"),
    *("procedure", "name", "phone", "birth", "copies", "channel", "delivery", "due_on", "situation"),
    *(
        "case",
        "confirmed",
        "holder_id",
        "slip",
        "slip_reason",
        "typed_by",
        "late",
        "late_at",
        "late_reason",
        "key",
        "intake_key",
        "category",
        "signer",
        "membership",
        "current",
        "new",
        "repeated",
        "granted",
        "recall_agreed",
        "another_request",
    ),
    *(
        "summary",
        "valid_until",
        "scope",
        "kind_code",
        "follows",
        "scans",
        "file",
        "paper",
        "origin",
        "consent",
        "after",
        "delivery_address",
        *("amount", "method", "series", "payer", "take_key"),
        "collector",
        *("active", "event"),
        "days",
        "elsewhere",
        "elsewhere_place",
        "elsewhere_code",
        "elsewhere_taken",
    ),
)


def values_of(address, day):
    """What fills the places of this address: a procedure's code in the catalogue, else a case's."""
    if address.name.startswith(("procedures:", "procedures_api:")):
        return day.values | {"code": "1.001193"}
    if address.name.startswith("cases:foreign_"):
        return day.values | {"code": day.sent.case_code}
    return day.values


def path_of(address, day):
    return "/api/v1/nothing/" if address.name == "^api/" else address.path(values_of(address, day))


def queries_of(address):
    return ("", *ASKED.get(address.name, ()))
