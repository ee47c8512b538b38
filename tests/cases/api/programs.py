"""Programs of other systems at a served office: each with the key that its officer made on the page."""

import json
import re
import uuid
from dataclasses import dataclass
from http.client import HTTPConnection
from urllib.parse import urlsplit

from cases.api.webhook_examples import WEBHOOK_BODY
from tests.cases.scans import a_pdf
from tests.faults.clerks import signed_in

OFFICERS = ("ha.lt", "duc.hm", "thanh.nt", "mai.lt", "son.lv", "lan.pt")
"""A clerk, a handler, who signs, a clerk of another commune, the province, an auditor."""
SECRET = re.compile(r"motcua_[\w-]{40,}")
KEYS_PAGE = "/tai-khoan/khoa-api/"


@dataclass(frozen=True)
class Program:
    """A program that asks one office with one key, or with none."""

    url: str
    secret: str = ""

    @property
    def headers(self):
        return {"Authorization": f"Bearer {self.secret}"} if self.secret else {}

    def ask(self, method, path, body=None, **headers):
        """The answer to one request: status and content."""
        line = HTTPConnection(urlsplit(self.url).netloc, timeout=60)
        line.request(method, path, body, self.headers | headers)
        answer = line.getresponse()
        content = json.load(answer)
        line.close()
        return answer.status, content

    def listed(self, path):
        """What a list holds for this program; nothing where it may not look."""
        return self.ask("GET", path)[1].get("results", [])

    def receiver(self):
        """Who is told of the steps that this program sees; made where there is none."""
        if found := self.listed("/api/v1/webhooks/"):
            return found[0]["id"]
        kind = {"Content-Type": "application/json", "Idempotency-Key": uuid.uuid4().hex}
        return self.ask("POST", "/api/v1/webhooks/", json.dumps(WEBHOOK_BODY), **kind)[1].get("id", "none")

    def send_scan(self, code, paper):
        """Add one scan to a paper; the key of the file."""
        edge = uuid.uuid4().hex
        head = f'--{edge}\r\nContent-Disposition: form-data; name="scans"; filename="a.pdf"\r\n\r\n'
        body = head.encode() + a_pdf(uuid.uuid4().int) + f"\r\n--{edge}--\r\n".encode()
        kind = {"Content-Type": f"multipart/form-data; boundary={edge}", "Idempotency-Key": edge}
        status, answer = self.ask("POST", f"/api/v1/cases/{code}/papers/{paper}/files/", body, **kind)
        assert status == 201, answer
        return answer["added"][0]["key"]


def program_of(place, username):
    """The program of an officer, with a key made as the officer would make it."""
    password = place.passwords[username]
    browser = signed_in(place.url, username, password)
    page = browser.open(KEYS_PAGE)
    typed = {"name": f"Thử {uuid.uuid4().hex[:8]}", "days": "30", "password": password}
    made = browser.submit(page, page.form_with("days"), typed)
    return Program(place.url, SECRET.search(made.text)[0])


def things_of(program):
    """What exists in the office, by the names that addresses give to it: a case with a paper and a file."""
    for case in program.listed("/api/v1/cases/?size=20"):
        code = case["code"]
        papers = program.listed(f"/api/v1/cases/{code}/papers/")
        documents = program.listed(f"/api/v1/cases/{code}/documents/")
        if papers and documents:
            file = program.send_scan(code, papers[0]["id"])
            return {"code": code, "paper": papers[0]["id"], "files": file, "documents": documents[0]["key"]}
    raise LookupError("no case with papers and documents")
