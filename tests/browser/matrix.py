"""How each address looks empty, filled in, with errors and in its other faces: one recipe for each name.

A state is a list of things done to a page after the address is opened, or a sentence that says why the
address has no such state. Which names there are is read from the URLconf; ``test_pages`` fails for one that
has no recipe here.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

NOTHING_TYPED = "nothing is typed on this page"
NEVER_EMPTY = "without what it is about there is no such page"
JSON = "answers programs, not people"
PAPER = "a printed paper or a file, not a page"
LEADS_ON = "only takes a form and leads on to a page of this matrix"
PART = "a part of the reception screen, which is looked at there"

EXCEPTIONS: Mapping[str, str] = {
    "health": JSON,
    "metrics": JSON,
    "schema": JSON,
    "^api/": JSON,
    "procedures_api:procedures": JSON,
    "procedures_api:procedure": JSON,
    "procedures_api:quote": JSON,
    "procedures_api:deadlines": JSON,
    "cases_api:track": JSON,
    "cases_api:cases": JSON,
    "cases_api:case": JSON,
    "cases_api:moves": JSON,
    "cases_api:papers": JSON,
    "cases_api:paper_files": JSON,
    "cases_api:file": PAPER,
    "cases_api:documents": JSON,
    "cases_api:document": PAPER,
    "cases_api:webhooks": JSON,
    "cases_api:webhook": JSON,
    "cases_api:webhook_secret": JSON,
    "cases_api:deliveries": JSON,
    "cases_api:replay": JSON,
    "cases:webhook_switch": LEADS_ON,
    "cases:webhook_replay": LEADS_ON,
    "cases:agency_handover": LEADS_ON,
    "staff:revoke_token": LEADS_ON,
    "cases:receipt": PAPER,
    "cases:receipt_copy": PAPER,
    "cases:file": PAPER,
    "cases:slip_pdf": PAPER,
    "cases:foreign_receipt": PAPER,
    "cases:handover_pdf": PAPER,
    "cases:handover": LEADS_ON,
    "cases:batch": LEADS_ON,
    "cases:typed_drop": LEADS_ON,
    "staff:set_shortcuts": LEADS_ON,
    "staff:sign_out": LEADS_ON,
    "cases:intake_options": PART,
    "cases:intake_preview": PART,
    "cases:intake_recall": PART,
}

Step = Callable[[object], None]


@dataclass(frozen=True)
class State:
    """One face of an address: who looks, the question behind the address, other places, what is done."""

    steps: tuple[Step, ...] = ()
    ask: str = ""
    who: str | None = None
    places: Mapping[str, str] = field(default_factory=dict)
    """Other values for the places of the address; a word in braces is looked up in the filled office."""
    start: str = ""
    """The page to begin on, for an address that only a form leads to."""


@dataclass(frozen=True)
class Recipe:
    """Who opens an address, and its faces."""

    who: str
    empty: State | str
    filled: State | str
    errors: State | str
    more: Mapping[str, State] = field(default_factory=dict)

    def states(self) -> dict[str, State]:
        """The faces that there are."""
        named = {"empty": self.empty, "filled": self.filled, "errors": self.errors, **self.more}
        return {name: state for name, state in named.items() if isinstance(state, State)}


def on(ask="", *steps, **more):
    return State(steps, ask, **more)


def fill(**typed):
    """Type into the fields with these names; a tick is set by True."""

    def step(page):
        for name, text in typed.items():
            box = page.locator(f"main [name={name}]:visible").first
            if text is True:
                box.check()
            elif box.evaluate("e => e.tagName") == "SELECT":
                box.select_option(index=text)
            else:
                box.fill(text)

    return step


def send(form, **typed):
    """Send this form without the browser's own check, and wait for what the office says."""

    def step(page):
        fill(**typed)(page)
        page.eval_on_selector(form, "f => { f.noValidate = true; f.requestSubmit(); }")
        page.wait_for_selector("#errors, main .err:visible, [role=alert]:visible, [role=status].note")

    return step


def press(*keys, then):
    def step(page):
        for key in keys:
            page.keyboard.press(key)
        page.wait_for_selector(then)

    return step


def click(selector, then=""):
    def step(page):
        page.locator(selector).first.click()
        page.wait_for_load_state()
        if then:
            page.wait_for_selector(then)

    return step


def tick_all(selector, then=""):
    def step(page):
        for box in page.locator(selector).all():
            box.check()
        if then:
            page.wait_for_selector(then)

    return step


def type_words(words):
    return lambda page: page.keyboard.type(words)


def shown(selector):
    return lambda page: page.wait_for_selector(selector)


def find(words):
    def step(page):
        page.fill("#find", words)
        page.keyboard.press("Enter")
        page.wait_for_url("**/ho-so/tim/")

    return step


def quiet(page):
    """What the screen asks of the office by itself has come."""
    page.wait_for_load_state("networkidle")


def scan_without_file(page):
    page.eval_on_selector("[data-drop] form", "f => { f.noValidate = true; f.submit(); }")
    page.wait_for_selector("#errors")


PERSON = {"number": "038185012346", "birth": "02/09/1985", "name": "Lê Thị Ma Trận", "phone": "0912345018"}
WALK_IN = "?procedure=1.004873"
MOVE = "form#move"
UNPAID = {"code": "{unpaid}"}
BY_LEADER = {"who": "thanh.nt", "places": {"code": "{draft}", "action": "approve"}}

RECIPES: Mapping[str, Recipe] = {
    "office_status": Recipe("ha.lt", NEVER_EMPTY, on(), NOTHING_TYPED),
    "staff:sign_in": Recipe(
        "", on(), on("", fill(username="ha.lt", password="x")), on("", send("main form, form"))
    ),
    "staff:change_password": Recipe(
        "ha.lt",
        on(),
        on("", fill(current="x", new="mật khẩu rất dài", repeated="mật khẩu rất dài")),
        on("", send("main form")),
        {"first": on(who="moi.nv")},
    ),
    "staff:choose_membership": Recipe("ngan.ct", on(who="ha.lt"), on(), NOTHING_TYPED),
    "staff:account": Recipe("ha.lt", NEVER_EMPTY, on(), NOTHING_TYPED, {"province": on(who="son.lv")}),
    "staff:tokens": Recipe(
        "ha.lt",
        on(who="duc.hm"),
        on("", fill(name="Phần mềm hộ tịch", password="x")),
        on("", send("#new-token")),
    ),
    "staff:personal_data": Recipe("", NEVER_EMPTY, on(), NOTHING_TYPED),
    "staff:communes": Recipe(
        "", on(), on("?q=dinh+thanh"), on(f"?q={'a' * 300}"), {"nothing": on("?q=qwxz")}
    ),
    "staff:commune": Recipe("", on(places={"gso_code": "16171"}), on(), NOTHING_TYPED),
    "procedures:home": Recipe(
        "", on(), on("?q=lam+giay+khai+sinh"), on(f"?q={'a' * 300}"), {"nothing": on("?q=qwxz")}
    ),
    "procedures:board": Recipe("", NEVER_EMPTY, on(), NOTHING_TYPED),
    "procedures:procedure": Recipe(
        "",
        on(places={"code": "1.004222"}),
        on(places={"code": "1.001612"}),
        NOTHING_TYPED,
        {"exemptions": on(places={"code": "1.001193"})},
    ),
    "cases:track": Recipe(
        "",
        on(),
        on("", fill(code="H56", digits="5018")),
        on("", send("main form", code="H56", digits="12")),
    ),
    "cases:track_token": Recipe(
        "",
        on(),
        on("", fill(digits="5018"), click("main form button"), quiet),
        on("", send("main form", digits="12")),
        {"returned": on(places={"token": "{returned_token}"})},
    ),
    "cases:queue": Recipe(
        "ha.lt",
        on("?view=citizen"),
        on(),
        on("", click("[data-letter=C]", "[role=status]")),
        {
            "filtered": on("?view=open&state=registered&order=name&holder=none"),
            "chosen": on("", press("j", "x", then=".cur input:checked")),
            "signatory": on(who="thanh.nt"),
            "handler": on(who="duc.hm"),
            "not-for-you": on(who="trang.dt"),
        },
    ),
    "cases:find": Recipe(
        "ha.lt",
        on("", find("khong co ai"), start="/ho-so/"),
        on("", find("nguyen"), start="/ho-so/"),
        "any words may be looked for",
    ),
    "cases:intake": Recipe(
        "ha.lt",
        on(),
        on(WALK_IN, fill(**PERSON), tick_all("#all-papers"), quiet),
        on(WALK_IN, press("Control+Enter", then="#errors")),
        {
            "suggestions": on("", type_words("khai sinh"), quiet, press("Escape", then="#id_procedure")),
            "options": on("", type_words("khai sinh"), shown("[role=option]")),
            "at-once": on("?procedure=2.000815"),
            "land": on("?procedure=1.013225"),
            "everybody": on(WALK_IN, tick_all("main .when > .tick input:visible"), quiet),
            "elsewhere": on(WALK_IN, fill(elsewhere=True, elsewhere_place="hac thanh"), quiet),
            "everybody-wrong": on(
                WALK_IN, tick_all("main .when > .tick input:visible"), press("Control+Enter", then="#errors")
            ),
        },
    ),
    "cases:signed_in": Recipe("ha.lt", NEVER_EMPTY, on(), NOTHING_TYPED),
    "cases:registered": Recipe("ha.lt", NEVER_EMPTY, on(), NOTHING_TYPED),
    "cases:case": Recipe(
        "ha.lt",
        NEVER_EMPTY,
        on(),
        NOTHING_TYPED,
        {
            "overdue": on(places={"code": "{overdue}"}),
            "handler": on(who="duc.hm"),
            "director": on(who="long.td"),
            "missing": on(places={"code": "H56.99.02.22-000000-0000"}),
        },
    ),
    "cases:move": Recipe(
        "ha.lt",
        on(),
        on("", fill(holder=0)),
        on(
            "",
            send(MOVE),
            places={"action": "withdraw"},
        ),
        {
            "withdraw": on(places={"action": "withdraw"}),
            "refused": on(places={"action": "hand_over"}),
            "sign": on(**BY_LEADER),
            "sign-wrong": on("", send(MOVE), **BY_LEADER),
            "send-back-wrong": on(
                "", send(MOVE), who="thanh.nt", places={"code": "{draft}", "action": "send_back"}
            ),
        },
    ),
    "cases:papers": Recipe("ha.lt", on(places=UNPAID), on(), on("", scan_without_file)),
    "cases:digitise": Recipe(
        "ha.lt",
        "the form stands on the page of the papers",
        "the form stands on the page of the papers",
        on("", scan_without_file, start="/ho-so/{code}/giay-to/"),
    ),
    "cases:paper_reuse": Recipe(
        "ha.lt",
        "the form stands on the page of the papers",
        on("", shown("#dung-lai"), start="/ho-so/{again}/giay-to/"),
        on("", send("#dung-lai form"), start="/ho-so/{again}/giay-to/"),
    ),
    "cases:amend": Recipe(
        "ha.lt",
        on(),
        on("", fill(reason="Ghi nhầm năm sinh")),
        on("", send("#amend", reason="")),
    ),
    "cases:void": Recipe(
        "long.td",
        on(places=UNPAID),
        on("", fill(reason="Nhập hai lần"), places=UNPAID),
        on("", send("#void"), places=UNPAID),
        {"refused": on(who="ha.lt")},
    ),
    "cases:reprint": Recipe(
        "ha.lt",
        on(),
        on("", fill(reason="Mất giấy hẹn")),
        "the reason may stay empty, and its field takes no more letters than it may hold",
    ),
    "cases:take_payment": Recipe(
        "ha.lt",
        on(places=UNPAID),
        on("", fill(series="AA/26P", number="123"), places=UNPAID),
        on("", send("#payment", amount="x", number=""), places=UNPAID),
        {"paid": on()},
    ),
    "cases:void_payment": Recipe("ha.lt", on(), on("", fill(reason="Ghi nhầm số")), on("", send("#void"))),
    "cases:till": Recipe("ha.lt", on(who="mai.lt"), on(), on("?code=9999")),
    "cases:commune_till": Recipe("long.td", on("?day=2026-11-01"), on(), on("?day=x")),
    "cases:foreign": Recipe("ha.lt", on(who="mai.lt"), on(), NOTHING_TYPED, {"all": on("?view=all")}),
    "cases:foreign_row": Recipe("ha.lt", NEVER_EMPTY, on(places={"code": "{foreign}"}), NOTHING_TYPED),
    "cases:arrivals": Recipe("anh.nn", on(who="mai.lt"), on(), NOTHING_TYPED),
    "cases:agencies": Recipe("ha.lt", on(who="mai.lt"), on(), NOTHING_TYPED),
    "cases:correct": Recipe(
        "ha.lt",
        on(places={"code": "{returned}"}),
        on("", fill(reason="Ghi sai năm sinh trên giấy"), places={"code": "{returned}"}),
        on("", send("#correct"), places={"code": "{returned}"}),
        {"refused": on()},
    ),
    "cases:slips": Recipe("ha.lt", on(who="mai.lt"), on(), NOTHING_TYPED),
    "cases:slip": Recipe(
        "ha.lt",
        "the form stands on the reception screen",
        "the form stands on the reception screen",
        on(WALK_IN, press("Alt+t", then="#errors"), start="/ho-so/moi/?procedure=1.004873"),
    ),
    "cases:slip_given": Recipe("ha.lt", NEVER_EMPTY, on(), NOTHING_TYPED),
    "cases:approvals": Recipe(
        "thanh.nt", on(who="buong.lv"), on(), on("", click("[data-letter=S]", "[role=status]"))
    ),
    "cases:approve_batch": Recipe(
        "thanh.nt",
        "nothing ticked leads back to the list",
        on("", tick_all("tr[data-row] input"), click("[data-letter=S]", "form#sign"), start="/ky-duyet/"),
        on(
            "",
            tick_all("tr[data-row] input"),
            click("[data-letter=S]", "form#sign"),
            send("form#sign"),
            start="/ky-duyet/",
        ),
    ),
    "cases:webhooks": Recipe("ha.lt", on(who="duc.hm"), on(), NOTHING_TYPED, {"province": on(who="son.lv")}),
    "cases:notices": Recipe("thanh.nt", on(who="ngan.ct+"), on(), NOTHING_TYPED, {"digest": on(who="ha.lt")}),
}
