"""Keeps the parts of the office running, and ends them in reverse order."""

import signal
import time
from collections.abc import Callable
from dataclasses import dataclass

from config.runner.output import Output
from config.services.errors import ServiceError
from config.services.processes import Process, end_family, stop

STABLE_SECONDS = 60
LONGEST_PAUSE_SECONDS = 10.0


@dataclass
class Part:
    """One process of the office and how to start and end it."""

    name: str
    start: Callable[[], Process]
    stop_signal: signal.Signals
    process: Process | None = None
    started_at: float = 0.0
    restart_at: float = 0.0
    failures: int = 0

    def begin(self, at: float) -> None:
        """Start the process."""
        self.process = self.start()
        self.started_at = at

    @property
    def has_died(self) -> bool:
        """Whether a started process has ended by itself."""
        return self.process is not None and self.process.poll() is not None


class StopAsked(Exception):
    """Somebody wished to stop before everything had started."""


class Supervisor:
    """Starts parts in order, restarts what dies, stops all in reverse."""

    def __init__(self, output: Output) -> None:
        self.output = output
        self.parts: list[Part] = []
        self.is_interruptible = True
        self.is_asked_to_stop = False

    def listen(self) -> None:
        """Take Ctrl-C, a polite kill and a closed terminal as the wish to stop."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self.ask_to_stop)

    def ask_to_stop(self, *_: object) -> None:
        """Remember the wish; break off at once what lies between the starts of two parts."""
        self.is_asked_to_stop = True
        if self.is_interruptible:
            raise StopAsked

    def add(self, part: Part) -> None:
        """Start one more part; only a part that is noted can be ended again, so nothing interrupts this."""
        self.is_interruptible = False
        part.begin(time.monotonic())
        self.parts.append(part)
        self.is_interruptible = True
        if self.is_asked_to_stop:
            raise StopAsked

    def watch(self) -> None:
        """Keep everything running until somebody wishes to stop."""
        self.is_interruptible = False
        while not self.is_asked_to_stop:
            self.mend(time.monotonic())
            time.sleep(0.2)

    def mend(self, at: float) -> None:
        """Start again what has died, after a pause that grows with each failure."""
        for part in self.parts:
            if part.has_died:
                self.note_death(part, at)
            if part.process is None and at >= part.restart_at:
                self.restart(part, at)

    def note_death(self, part: Part, at: float) -> None:
        """End what it left behind, say what died and plan its return."""
        status = 0
        if part.process:
            status = part.process.returncode
            end_family(part.process)
        part.failures = 0 if at - part.started_at > STABLE_SECONDS else part.failures + 1
        pause = min(LONGEST_PAUSE_SECONDS, 0.5 * 2 ** max(0, part.failures - 1))
        part.restart_at = at + pause
        part.process = None
        self.output.complain(
            f"{part.name} ended unexpectedly ({ending(status)}); starting it again in {pause:g} s."
        )

    def restart(self, part: Part, at: float) -> None:
        """Start a part again; a failed start counts as another death."""
        try:
            part.begin(at)
        except (ServiceError, OSError) as error:
            part.failures += 1
            part.restart_at = at + LONGEST_PAUSE_SECONDS
            self.output.complain(f"{part.name} could not be started again: {error}")
        else:
            self.output.say(f"{part.name} runs again.")

    def stop_all(self) -> None:
        """End every part, the last started first; nothing interrupts this."""
        self.is_interruptible = False
        self.output.say("Stopping …")
        while self.parts:
            part = self.parts.pop()
            if part.process:
                stop(part.process, part.stop_signal, seconds=20)
        self.output.say("Stopped.")


def ending(status: int) -> str:
    """How a process ended, in words."""
    return f"signal {-status}" if status < 0 else f"exit code {status}"
