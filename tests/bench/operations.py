"""What is measured: each operation as requests without end, with the answer that it must get."""

import random
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import cycle, islice, product
from urllib.parse import quote, urlencode
from uuid import UUID

from cases.generator.people import full_name
from config.plain_browser import read_page
from tests.bench.client import AnswerError, Line, Visitor, signed_in
from tests.bench.samples import CLIENTS_AT_MOST, MOVED_EACH

CLERK, HANDLER, LEADER = "anh.nn", "viet.tq", "tuan.dm"  # all three of phường Hạc Thành
INTAKE = "/ho-so/moi/"
PROVINCES = ("001", "031", "036", "037", "038", "040", "042", "044", "048", "079")
"""From many, and of people older than the invented: whoever was here before would be asked about first."""
PROCEDURE = "1.004873"
NOT_AT_WORK = ("moi.nv",)  # has to change the first password before anything else
KEYS = "/tai-khoan/khoa-api/"
SECRET = re.compile(rb"motcua_[\w-]{40,}")


@dataclass(frozen=True)
class Operation:
    """One kind of request.

    Args:
        requests: the bytes of one request after the other, for one client of a crew.
        most_sql: the budget of statements, None where there is none.
        peers: requests a second of the best of three peers at 1 million cases and 8 clients, for orientation.
        ahead: by how much the office wants to be ahead of them.
        follows_a_step: somebody writes into a case of the commune before each request.
    """

    name: str
    words: str
    requests: Callable
    status: int = 200
    most_sql: int | None = None
    peers: float | None = None
    ahead: int = 3
    is_bare: bool = False
    follows_a_step: bool = False


@dataclass
class Crew:
    """The signed-in people of one office: each client has a session of each, and cases of its own to move.

    The program of another system works with a key of the clerk's.
    """

    office: object
    sample: object
    seed: str
    sessions: list[dict[str, Visitor]]
    form: dict[str, str]
    key: str


def crew_of(office, sample, seed, clients):
    """Sign everybody in, and read the screen of reception once, as a browser would."""
    sessions = [
        {who: signed_in(office.port, who, office.passwords[who]) for who in (CLERK, HANDLER, LEADER)}
        for _ in range(clients)
    ]
    address = f"{INTAKE}?procedure={PROCEDURE}"
    with Line(office.port) as line:
        answer = line.ask(sessions[0][CLERK].get(address))
    page = read_page(address, answer.status, answer.body)
    form = page.form_with("intake_key")
    papers = {name: on for name, on in form.boxes.items() if name.startswith("paper-")}
    return Crew(office, sample, seed, sessions, form.values | papers, key_of(office, sessions[0][CLERK]))


def key_of(office, clerk):
    """A key of the interface, made on its page; it runs out by itself."""
    form = {"name": f"bench {random.SystemRandom().getrandbits(64):x}", "days": "30"}
    with Line(office.port) as line:
        answer = line.ask(clerk.post(KEYS, form | {"password": office.passwords[CLERK]}))
    found = SECRET.search(answer.body)
    if found is None:
        message = f"{CLERK} got no key: {answer.status}"
        raise AnswerError(message)
    return found[0].decode()


def shares(values, client):
    """The values of one client, over and over, so that no two clients ask for the same at once."""
    return cycle(list(islice(values, client, None, CLIENTS_AT_MOST)) or values)


def page(address):
    """A page of the clerk that is always the same."""

    def requests(crew, client):
        while True:
            yield crew.sessions[client][CLERK].get(address)

    return requests


def pages(address_of, choose):
    """Pages of the clerk, one for each chosen value."""

    def requests(crew, client):
        for value in shares(choose(crew.sample), client):
            yield crew.sessions[client][CLERK].get(address_of(value))

    return requests


def answers(address_of, choose):
    """Answers of the interface, one for each chosen value."""

    def requests(crew, client):
        program = Visitor(crew.office.port, cookies={}, key=crew.key)
        for value in shares(choose(crew.sample), client):
            yield program.get(address_of(value))

    return requests


def public_pages(address_of, choose):
    """Pages of somebody without a session."""

    def requests(crew, client):
        for value in shares(choose(crew.sample), client):
            yield replace(Visitor(crew.office.port), cookies={}).get(address_of(value))

    return requests


def searches(choose):
    """Words in the field above every page."""

    def requests(crew, client):
        for words in shares(choose(crew.sample), client):
            yield crew.sessions[client][CLERK].post("/ho-so/tim/", {"q": words})

    return requests


def intake(crew, client):
    """A walk-in nobody has seen before, complete, with the button pressed; the receipt is another request."""
    chance = random.Random()
    while True:
        sex, year = chance.randrange(2), chance.randrange(10, 35)
        person = {
            "intake_key": str(UUID(int=chance.getrandbits(128), version=4)),
            "name": full_name(chance, sex),
            "number": f"{chance.choice(PROVINCES)}{1 - sex}{year}{chance.randrange(10**6):06}",
            "birth": f"{chance.randrange(1, 29):02}/{chance.randrange(1, 13):02}/19{year}",
            "phone": f"09{chance.randrange(10**8):08}",
            "address": "Phường Hạc Thành, tỉnh Thanh Hóa",
        }
        yield crew.sessions[client][CLERK].post(INTAKE, crew.form | person)


def moves(crew, client):
    """A result proposed with its text, then sent back with a reason: each is a move with a note.

    The two ask a different number of statements; in turn, as many of each are in every round.
    """
    mine = [list(case) for case in crew.sample.movable[client::CLIENTS_AT_MOST]][:MOVED_EACH]
    if not mine:
        message = f"{crew.office.name}: too few cases in progress to move."
        raise AnswerError(message)
    there_and_back = (
        (HANDLER, "submit", {"granted": "yes", "body": "Xác nhận tình trạng hôn nhân"}),
        (LEADER, "send_back", {"reason": "Xem lại địa chỉ thường trú"}),
    )
    for case, (who, action, note) in cycle(product(mine, there_and_back)):
        code, version = case
        case[1] += 1
        yield crew.sessions[client][who].post(
            f"/ho-so/{code}/buoc/{action}/", {"version": str(version)} | note
        )


def sign_ins(crew, client):
    """Officers of the demonstration come to work, one after the other."""
    names = [name for name in crew.office.passwords if name not in NOT_AT_WORK]
    for name in shares(names, client):
        values = {"username": name, "password": crew.office.passwords[name]}
        yield Visitor(crew.office.port).post("/dang-nhap/", values)


def bare_rows(crew, _client):
    """The bare page of fifty rows."""
    while True:
        yield replace(Visitor(crew.office.bare_port), cookies={}).get(f"/{crew.sample.commune}/")


def bare_nothing(crew, _client):
    """The bare page without a query."""
    while True:
        yield replace(Visitor(crew.office.bare_port), cookies={}).get("/")


def filtered(field):
    """The open cases of one field that are in progress, by due date."""
    asked = {"view": "open", "field": field, "state": "in_progress", "order": "due", "size": "20"}
    return f"/ho-so/?{urlencode(asked)}"


BARE_SQL, BARE_ROWS, BARE_PAGE = "bare_sql", "bare_rows", "bare_page"
OPERATIONS = (
    Operation("intake", "take in a walk-in (POST)", intake, 302, most_sql=20, peers=42),
    Operation(
        "queue20", "queue, first 20 rows", page("/ho-so/?view=open&size=20"), most_sql=9, peers=13, ahead=10
    ),
    Operation(
        "queue50", "queue, first 50 rows", page("/ho-so/?view=open&size=50"), most_sql=9, peers=13, ahead=10
    ),
    Operation(
        "queue_step",
        "queue, first 20 rows, after a step",
        page("/ho-so/?view=open&size=20"),
        most_sql=9,
        follows_a_step=True,
    ),
    Operation(
        "filter", "filter, by due date", pages(filtered, lambda s: s.fields), most_sql=9, peers=19, ahead=10
    ),
    Operation(
        "deep",
        "200th page by its key",
        pages(lambda key: f"/ho-so/?view=open&size=20&after={quote(key)}", lambda s: s.deep_keys),
        most_sql=9,
        peers=2,
        ahead=10,
    ),
    Operation("search_name", "search by name", searches(lambda s: s.names), most_sql=9, peers=6, ahead=10),
    Operation(
        "search_number",
        "search by code or telephone",
        searches(lambda s: s.numbers),
        most_sql=9,
        peers=6,
        ahead=10,
    ),
    Operation(
        "case", "case page", pages(lambda code: f"/ho-so/{code}/", lambda s: s.codes), most_sql=10, peers=42
    ),
    Operation(
        "case_json",
        "case by the interface",
        answers(lambda code: f"/api/v1/cases/{code}/", lambda s: s.codes),
        most_sql=10,
        peers=42,
    ),
    Operation(
        "queue_json",
        "queue by the interface, 20 rows",
        answers(lambda view: f"/api/v1/cases/?view={view}&size=20", lambda _s: ["open"]),
        most_sql=9,
        peers=13,
        ahead=10,
    ),
    Operation("move", "move with a note (POST)", moves, 302, most_sql=14, peers=24),
    Operation(
        "tracking",
        "tracking by the receipt's address",
        public_pages(lambda token: f"/tra-cuu/t/{token}/", lambda s: s.tokens),
        most_sql=4,
        peers=44,
    ),
    Operation(
        "catalogue", "catalogue search", public_pages(lambda words: f"/?q={quote(words)}", lambda s: s.words)
    ),
    Operation("sign_in", "sign-in (POST)", sign_ins, 302),
    Operation(BARE_SQL, "bare SQL: the queue's statement, 50 rows", None, is_bare=True),
    Operation(BARE_ROWS, "bare Django page, 50 rows", bare_rows, is_bare=True),
    Operation(BARE_PAGE, "bare Django page, no query", bare_nothing, is_bare=True),
)
BY_NAME = {operation.name: operation for operation in OPERATIONS}
