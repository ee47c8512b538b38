"""Programs of other systems at a served office: each with the key that its officer made on the page."""

import json
import re
import urllib.request
import uuid
from dataclasses import dataclass

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

    def get(self, path):
        request = urllib.request.Request(self.url + path, headers=self.headers)  # noqa: S310 (our own office)
        with urllib.request.urlopen(request) as answer:  # noqa: S310 (our own office)
            return json.load(answer)

    def codes(self):
        """Cases that this program sees."""
        return [row["code"] for row in self.get("/api/v1/cases/?size=20")["results"]]

    def send_scan(self, code, paper):
        """Add one scan to a paper."""
        edge = uuid.uuid4().hex
        head = f'--{edge}\r\nContent-Disposition: form-data; name="scans"; filename="a.pdf"\r\n\r\n'
        body = head.encode() + a_pdf(uuid.uuid4().int) + f"\r\n--{edge}--\r\n".encode()
        kind = {"Content-Type": f"multipart/form-data; boundary={edge}", "Idempotency-Key": edge}
        path = f"{self.url}/api/v1/cases/{code}/papers/{paper}/files/"
        with urllib.request.urlopen(  # noqa: S310 (our own office)
            urllib.request.Request(path, data=body, headers=self.headers | kind)  # noqa: S310 (our own office)
        ) as answer:
            return json.load(answer)["added"]


def program_of(place, username):
    """The program of an officer, with a key made as the officer would make it."""
    browser = signed_in(place, username)
    page = browser.open(KEYS_PAGE)
    typed = {"name": f"Thử {uuid.uuid4().hex[:8]}", "days": "30", "password": place.passwords[username]}
    made = browser.submit(page, page.form_with("days"), typed)
    return Program(place.url, SECRET.search(made.text)[0])


def things_of(program):
    """What exists in the office, by the names that addresses give to it: a case with a paper and a file."""
    for code in program.codes():
        papers = program.get(f"/api/v1/cases/{code}/papers/")["results"]
        documents = program.get(f"/api/v1/cases/{code}/documents/")["results"]
        if papers and documents:
            [file] = program.send_scan(code, papers[0]["id"])
            things = {"code": code, "paper": papers[0]["id"]}
            return things | {"files": file["key"], "documents": documents[0]["key"]}
    raise LookupError("no case with papers and documents")
