"""Those who write while things happen: each write is repeated under its key until it is acknowledged."""

import json
import threading
import time
import uuid
from collections import Counter
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException

from config.plain_browser import PlainBrowser, WalkError
from tests.faults.audit import OURS
from tests.faults.clerks import CODE, signed_in

CLERK, HANDLER, LEADER = "ha.lt", "duc.hm", "thanh.nt"
AT_THE_PAGES = "hien.vt"
PROCEDURE = "1.004873"
LIFE = (
    (HANDLER, "claim", {}),
    (HANDLER, "submit", {"granted": True, "body": "Đồng ý"}),
    (LEADER, "approve", {"number": "12/UBND"}),
    (CLERK, "hand_over", {}),
)
PAUSE_SECONDS = 0.3


@dataclass(frozen=True)
class Write:
    """One acknowledged write: during which fault, of which case, and as which event of it."""

    fault: str
    name: str
    code: str
    kind: str
    seq: int


@dataclass
class Tally:
    """What was acknowledged and how everything was answered; all writers write into one."""

    fault: str = "quiet"
    writes: list = field(default_factory=list)
    answers: Counter = field(default_factory=Counter)
    refusals: list = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def acknowledge(self, name, code, kind, seq):
        with self.lock:
            self.writes.append(Write(self.fault, name, code, kind, seq))

    def answered(self, status, words=""):
        """Count an answer; anything that no fault excuses is kept in its words."""
        with self.lock:
            self.answers[self.fault, status] += 1
            if isinstance(status, int) and (status in {500, 502} or 400 <= status < 500):
                self.refusals.append(f"{self.fault}: {status} {words[:400]}")

    def count(self, status):
        return sum(number for (_fault, found), number in self.answers.items() if found == status)


class Refused(Exception):
    """An answer that no fault excuses."""


class Writer(threading.Thread):
    """Goes from case to case until asked to stop; a case that was begun is finished."""

    def __init__(self, place, tally, number):
        super().__init__(daemon=True)
        self.place, self.tally, self.number = place, tally, number
        self.is_asked_to_stop, self.problem, self.done = False, None, 0

    def run(self):
        try:
            while not self.is_asked_to_stop:
                self.done += 1
                self.one_case(f"{OURS}{type(self).__name__} {self.number} {self.done}")
        except Exception as problem:
            self.problem = problem
        finally:
            self.hang_up()

    def hang_up(self):
        """Leave nothing open."""


class System(Writer):
    """Another system that works through the interface, with the keys of three officers."""

    def __init__(self, place, tally, number, keys):
        super().__init__(place, tally, number)
        self.keys, self.connection = keys, None

    def one_case(self, name):
        phone = {"phone": f"09{self.number:02d}{self.done:06d}"} if self.done % 2 else {}
        body = {
            "procedure": PROCEDURE,
            "principal": {"name": name, **phone},
            "papers": [{"code": "01", "originals": 1}],
            "papers_in_database": True,
        }
        told = self.write(CLERK, "/api/v1/cases/", body)
        code = told["code"]
        self.tally.acknowledge(name, code, "register", 1)
        for seq, (officer, action, arguments) in enumerate(LIFE, start=2):
            body = {"action": action, "version": seq - 1, "arguments": arguments}
            self.write(officer, f"/api/v1/cases/{code}/moves/", body)
            self.tally.acknowledge(name, code, action, seq)

    def write(self, officer, path, body):
        """Send until it is acknowledged, always under the same key."""
        key = str(uuid.uuid4())
        while True:
            status, told = self.send(officer, path, body, key)
            self.tally.answered(status, json.dumps(told, ensure_ascii=False))
            if status in {200, 201}:
                return told
            if isinstance(status, int) and status < 500:
                raise Refused(path, status, told)
            time.sleep(PAUSE_SECONDS)

    def send(self, officer, path, body, key):
        headers = {
            "Authorization": f"Bearer {self.keys[officer]}",
            "Idempotency-Key": key,
            "Content-Type": "application/json",
        }
        try:
            if self.connection is None:
                self.connection = HTTPConnection("127.0.0.1", self.place.port, timeout=60)
            self.connection.request("POST", path, json.dumps(body), headers)
            answer = self.connection.getresponse()
            return answer.status, json.loads(answer.read() or b"null")
        except (OSError, HTTPException, ValueError):
            self.hang_up()
            return "no answer", None

    def hang_up(self):
        if self.connection is not None:
            self.connection.close()
            self.connection = None


class Clerk(Writer):
    """An officer at the pages: signs in again when the session is gone, and sends the same form again."""

    def __init__(self, place, tally, number):
        super().__init__(place, tally, number)
        self.browser = PlainBrowser(place.url)

    def one_case(self, name):
        key = str(uuid.uuid4())
        while True:
            try:
                self.browser.open(
                    "/ho-so/?view=open"
                )  # what is counted there is kept while everything breaks
                page = self.opened()
                form = page.form_with("intake_key")
                papers = {box: on for box, on in form.boxes.items() if box.startswith("paper-")}
                values = {"intake_key": key, "name": name} | papers
                done = self.browser.submit(page, form, values)
            except WalkError as problem:
                self.tally.answered(problem.status or "no answer", str(problem))
                if problem.status and problem.status < 500:
                    raise
                time.sleep(PAUSE_SECONDS)
                continue
            self.tally.answered(done.status)
            found = CODE.search(done.url)
            if found:
                self.tally.acknowledge(name, found.group(1), "register", 1)
                return

    def opened(self):
        """The screen of reception, after signing in where that is asked."""
        address = f"/ho-so/moi/?procedure={PROCEDURE}"
        page = self.browser.open(address)
        if "/dang-nhap/" not in page.url:
            return page
        values = {"username": AT_THE_PAGES, "password": self.place.passwords()[AT_THE_PAGES]}
        self.browser.submit(page, page.form_with("password"), values)
        return self.browser.open(address)


def keys_of(place, officers=(CLERK, HANDLER, LEADER)):
    """A key of the interface for each of these officers, made at the page where officers make them."""
    return {username: key_of(place, username) for username in officers}


def key_of(place, username):
    password = place.passwords()[username]
    browser = signed_in(place.url, username, password)
    page = browser.open("/tai-khoan/khoa-api/")
    name = f"Phép thử {uuid.uuid4().hex[:8]}"
    form = page.form_with("days")
    made = browser.submit(page, form, {"name": name, "days": "365", "password": password})
    return made.text.partition('value="motcua_')[2].partition('"')[0].join(["motcua_", ""])
