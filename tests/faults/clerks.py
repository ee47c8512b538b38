"""Clerks who work while something goes wrong."""

import re
import threading
import time

from config.plain_browser import PlainBrowser, WalkError

CLERKS = ("ha.lt", "hien.vt")
MOST_TRIES = 60
CODE = re.compile(r"/ho-so/([^/]+)/da-tiep-nhan/")


class Counter(threading.Thread):
    """A clerk who takes in one walk-in after the other, and sends a form again until it is answered."""

    def __init__(self, place, username):
        super().__init__(daemon=True)
        self.place, self.username = place, username
        self.acknowledged, self.stop, self.problem = {}, threading.Event(), None

    def run(self):
        try:
            clerk = signed_in(self.place.url, self.username, self.place.passwords[self.username])
            while not self.stop.is_set():
                name = f"Nguyễn Bền {self.username.title().replace('.', '')} {len(self.acknowledged)}"
                self.acknowledged[name] = self.take_in(clerk, name)
        except WalkError as problem:
            self.problem = problem

    def take_in(self, clerk, name):
        page = patiently(lambda: clerk.open("/ho-so/moi/?procedure=1.004873"))
        form = page.form_with("intake_key")
        papers = {field: on for field, on in form.boxes.items() if is_brought(field)}
        done = patiently(lambda: clerk.submit(page, form, {"name": name} | papers))
        return CODE.search(done.url).group(1)


def is_brought(field):
    """Whether a box says that the citizen brought a paper, and not that a database holds it."""
    return field.startswith("paper-") and not field.endswith("-held")


def patiently(step):
    for _try in range(MOST_TRIES):
        try:
            return step()
        except WalkError as problem:
            last = problem
            time.sleep(0.5)
    raise last


def signed_in(url, username, password):
    """A browser in which an officer works."""
    browser = PlainBrowser(url)
    page = browser.open("/dang-nhap/")
    browser.submit(page, page.form_with("password"), {"username": username, "password": password})
    return browser


def drain_output(process):
    """Read on what the runner says, so that it never waits for a full pipe."""
    threading.Thread(target=process.stdout.read, daemon=True).start()


def rows_of(page):
    """Code and name of each row of the queue."""
    rows = re.findall(r"<tr data-row.*?</tr>", page.text, re.DOTALL)
    return [
        (re.search(r'href="/ho-so/([^/"]+)/"', row).group(1), re.search(r"<b>([^<]*)</b>", row).group(1))
        for row in rows
    ]


def found_in_queue(clerk, names):
    """The codes under which each of these citizens is found."""
    home = clerk.open("/ho-so/")
    pages = {name: clerk.submit(home, home.form_with("q"), {"q": name}) for name in names}
    return {name: [row[0] for row in rows_of(page) if row[1] == name] for name, page in pages.items()}
