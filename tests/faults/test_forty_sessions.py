"""Forty officers' sessions register at once over HTTP: no number is given twice or left out."""

import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from http.cookiejar import CookieJar
from urllib.parse import urljoin
from urllib.request import HTTPCookieProcessor, HTTPRedirectHandler, ProxyHandler, build_opener

from config.plain_browser import PlainBrowser
from tests.faults.audit import BOOKS, DAYS, gaps
from tests.faults.clerks import CODE

SESSIONS, CASES_EACH, REPEATED = 40, 25, 10
CLERK = "anh.nn"
OURS = "SELECT code FROM cases_case WHERE principal_name LIKE 'Nguyễn Phiên %' ORDER BY code"


class WhereTo(HTTPRedirectHandler):
    """A redirect is the answer: the page is named after where it leads, and nobody goes there."""

    def http_error_302(self, request, answer, _status, _words, headers):
        answer.url = urljoin(request.full_url, headers["Location"])
        return answer

    http_error_303 = http_error_302


class Session(PlainBrowser):
    """One session of the clerk, with the screen of reception open."""

    def __init__(self, place, number):
        super().__init__(place.url)
        self._opener = build_opener(ProxyHandler({}), HTTPCookieProcessor(CookieJar()), WhereTo())
        self.number = number
        page = self.open("/dang-nhap/")
        values = {"username": CLERK, "password": place.passwords()[CLERK]}
        self.submit(page, page.form_with("password"), values, expect=302)
        self.page = self.open("/ho-so/moi/?procedure=1.004873")
        self.form = self.page.form_with("intake_key")
        self.papers = {box: on for box, on in self.form.boxes.items() if box.startswith("paper-")}

    def register(self, turn):
        """The answers to one citizen's form; every tenth is sent twice at the same moment."""
        values = {"name": f"Nguyễn Phiên {self.number} {turn}", "intake_key": str(uuid.uuid4())}
        times = 2 if (self.number * CASES_EACH + turn) % REPEATED == 0 else 1
        with ThreadPoolExecutor(times) as hands:
            sent = [
                hands.submit(self.submit, self.page, self.form, values | self.papers, expect=302)
                for _time in range(times)
            ]
        return [(answer.result().status, answer.result().url) for answer in sent]


def test_forty_sessions_register_a_thousand_cases_without_a_gap(place):
    with ThreadPoolExecutor(SESSIONS) as pool:
        sessions = list(pool.map(lambda number: Session(place, number), range(SESSIONS)))
        worked = pool.map(lambda each: [each.register(turn) for turn in range(CASES_EACH)], sessions)
        answers = [answer for session in worked for answer in session]

    codes = [CODE.search(url).group(1) for sent in answers for _status, url in sent[:1]]
    assert Counter(status for sent in answers for status, _url in sent) == {302: 1100}
    assert [sent for sent in answers if len(set(sent)) > 1] == []
    assert sorted(int(code.rpartition("-")[2]) for code in codes) == list(range(1, 1001))
    with place.database() as rows:
        assert [code for (code,) in rows.execute(OURS)] == sorted(codes)
        assert gaps(rows.execute(DAYS).fetchall()) == []
        assert gaps(rows.execute(BOOKS).fetchall()) == []
