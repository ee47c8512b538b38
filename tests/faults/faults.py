"""The fault list: what may happen to an office at work. Each one strikes, is seen, and ends by itself.

A fault is a function of the run. What it opens it also lifts (the disk is emptied, the port is let go); how
the office comes back is nobody's work.
"""

import signal
from datetime import datetime, timedelta
from functools import partial

from config.services import processes
from staff.clock import LOCAL

MORNING = datetime(2026, 12, 29, 8, 30, tzinfo=LOCAL)
BEFORE_MIDNIGHT = datetime(2026, 12, 30, 23, 59, 45, tzinfo=LOCAL)
BEFORE_NEW_YEAR = datetime(2026, 12, 31, 23, 59, 45, tzinfo=LOCAL)
BACK = datetime(2026, 12, 30, 10, 0, tzinfo=LOCAL)
PULSE_SECONDS = 120
"""After so long without a pulse /health/ is red (docs/operations.md)."""


def nothing(_run):
    """A quiet time, for comparison."""


def killed(words, number, run):
    """One part ends without a word."""
    run.place.signal_part(words, number)


def runner_killed(run):
    run.place.runner.kill()
    run.place.wait(run.place.answers, "the pages after the runner")


def valkey_emptied(run):
    assert b"+OK" in run.place.ask_valkey("FLUSHALL")


def valkey_gone(run):
    """Work goes on while it is away."""
    with run.place.without_valkey():
        run.acknowledged(run.few)


def disk_full(run):
    """Until somebody was told; what was asked for then is asked again and done later."""
    told = run.tally.count(503)
    with run.place.full_disk():
        run.place.wait(lambda: run.tally.count(503) > told, "an answer that the disk is full")
        run.note("sizes", run.place.disk_sizes())
        if run.is_long:
            run.place.wait(lambda: run.tally.count(503) > told + 50, "fifty such answers")


def second_runner(run):
    """A second start on the same folder ends with words and disturbs nobody."""
    second = run.place.spawn(port=processes.free_port())
    assert second.wait(120) == 1
    said = (run.place.root / "said.txt").read_text(encoding="utf-8")
    holder = f"process {run.place.runner.pid} "
    assert f"Another start already uses {run.place.folder.path}: {holder}" in said


def two_runners_at_once(run):
    """The service manager starts one, somebody else another: one of them works."""
    run.place.runner.kill()
    second = run.place.spawn()
    assert processes.wait_until(lambda: second.poll() is not None or run.place.answers(), seconds=120)
    if second.poll() is None:
        run.place.adopt(second)
    run.place.wait(run.place.answers, "the pages of one of them")


def clock_jumps(moment, run):
    """The clock is set; the office is started again and reads it."""
    before = run.place.starts
    run.place.jump(moment)
    run.place.wait(lambda: run.place.starts > before, "the next start")


def passes(moment, run):
    """The clock is set to shortly before, and the office works through it."""
    clock_jumps(moment, run)
    after = moment + timedelta(seconds=20)
    run.place.wait(lambda: run.place.now() > after, "the moment itself")
    run.acknowledged(run.few)


def set_back(run):
    """The morning check of the earlier day is made up where it is missing."""
    clock_jumps(BACK, run)
    run.place.wait(lambda: run.place.health()[0] == 200, "a green light on the earlier day")


def worker_stuck(run):
    """Red after two minutes of the office's clock, green again once it goes on."""
    place, words = run.place, "config.celery worker"
    place.wait(lambda: place.health()[0] == 200, "a green light")
    place.signal_part(words, signal.SIGSTOP, family=True)
    try:
        ages = run.watch_pulse(PULSE_SECONDS)
    finally:
        place.signal_part(words, signal.SIGCONT, family=True)
    run.note("pulse", ages)
    assert (ages["green"] or 0) <= PULSE_SECONDS <= ages["red"], ages  # whole seconds


FAULTS = {
    "quiet": nothing,
    "web killed": partial(killed, "gunicorn", signal.SIGKILL),
    "worker killed": partial(killed, "config.celery worker", signal.SIGKILL),
    "beat killed": partial(killed, "config.celery beat", signal.SIGKILL),
    "PostgreSQL killed": partial(killed, "postgres", signal.SIGKILL),
    "PostgreSQL restarted": partial(killed, "postgres", signal.SIGINT),
    "Valkey killed": partial(killed, "valkey", signal.SIGKILL),
    "Valkey emptied": valkey_emptied,
    "Valkey gone": valkey_gone,
    "worker stuck": worker_stuck,
    "disk full": disk_full,
    "second runner": second_runner,
    "runner killed": runner_killed,
    "two runners at once": two_runners_at_once,
    "clock over midnight": partial(passes, BEFORE_MIDNIGHT),
    "clock over the year": partial(passes, BEFORE_NEW_YEAR),
    "clock set back": set_back,
}
