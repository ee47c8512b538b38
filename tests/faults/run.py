"""One run over the fault list: writers work, faults strike, the office recovers."""

import time
from contextlib import contextmanager

from tests.faults.writers import Clerk, System, Tally, keys_of


class Run:
    """An office at work and those who write to it.

    ``few`` is how many acknowledged writes count as work going on; ``is_long`` waits where a short run looks
    with a later clock.
    """

    def __init__(self, place, *, few, is_long=False):
        self.place, self.few, self.is_long = place, few, is_long
        self.tally, self.writers = Tally(), []
        self.notes, self.recoveries, self.problems = {}, {}, []
        self.since = place.now()

    @contextmanager
    def at_work(self, systems, clerks):
        """Writers work inside this block; afterwards each has finished the case that it began."""
        keys = keys_of(self.place)
        self.writers = [System(self.place, self.tally, number, keys) for number in range(systems)]
        self.writers += [Clerk(self.place, self.tally, number) for number in range(clerks)]
        for writer in self.writers:
            writer.start()
        try:
            yield
        finally:
            self.stop()

    def stop(self):
        """Let each writer finish the case that it began."""
        for writer in self.writers:
            writer.is_asked_to_stop = True
        for writer in self.writers:
            writer.join(timeout=300)
        assert not any(writer.is_alive() for writer in self.writers)

    def strike(self, name, fault, *, writes=0):
        """Let work go on for half of these writes, strike, and go on with the rest until all is well."""
        self.tally.fault = name
        self.acknowledged(writes // 2)
        struck = time.monotonic()
        fault(self)
        lifted = time.monotonic()
        self.acknowledged(1)
        again = time.monotonic()
        self.place.wait(self.place.is_well, f"a green light after {name}", seconds=300)
        took = {"held": lifted - struck, "write": again - lifted, "green": time.monotonic() - lifted}
        self.recoveries.setdefault(name, []).append({part: round(took[part], 1) for part in took})
        self.acknowledged(writes - writes // 2)

    def acknowledged(self, more):
        """Wait for this many further acknowledged writes."""
        wanted = len(self.tally.writes) + more
        self.place.wait(
            lambda: len(self.tally.writes) >= wanted or any(writer.problem for writer in self.writers),
            f"{more} acknowledged writes",
            seconds=max(180, more * 2),
        )
        for writer in self.writers:
            if writer.problem:
                raise writer.problem

    def note(self, name, value):
        self.notes[f"{self.tally.fault}: {name}"] = value

    def watch_pulse(self, seconds):
        """The age of the worker's pulse when /health/ was last green and first red."""
        if self.is_long:
            return self.first_red(self.place.port)
        with self.place.later_web(seconds) as port:
            self.place.wait(lambda: self.place.health(port)[0] is not None, "the later pages")
            return self.first_red(port)

    def first_red(self, port):
        ages = {"green": None, "red": None}

        def is_red():
            _status, parts = self.place.health(port)
            worker = parts.get("worker")
            if worker is None or worker["age_seconds"] is None:
                return False
            is_seen_red = worker["known"] and not worker["ok"]
            ages["red" if is_seen_red else "green"] = worker["age_seconds"]
            return is_seen_red

        self.place.wait(is_red, "a red light for the worker", seconds=300)
        return ages

    def settle(self):
        """Wait until every message has left; a lease that a killed worker held runs out meanwhile."""
        with self.place.database() as rows:
            query = "SELECT count(*) FROM cases_outboxmessage WHERE status IN ('pending', 'sending')"
            self.place.wait(lambda: not rows.execute(query).fetchone()[0], "an empty outbox", seconds=900)
