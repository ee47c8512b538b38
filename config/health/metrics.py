"""The state of the parts as figures for a monitoring system, in the text format of Prometheus."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from config.health.measures import Measures
from config.health.verdict import Finding

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


def exposition(measured: Measures, findings: Sequence[Finding]) -> str:
    """One line per figure; figures of parts that cannot be seen are left out."""
    return "".join(f"{line}\n" for line in _lines(measured, findings))


def _lines(measured: Measures, findings: Sequence[Finding]) -> Iterator[str]:
    yield "# HELP motcua_part_up Whether a part runs (1) or stands still (0)."
    yield "# TYPE motcua_part_up gauge"
    for finding in findings:
        if finding.is_known:
            yield f'motcua_part_up{{part="{finding.part}"}} {int(finding.is_well)}'
    yield "# HELP motcua_schedule_age_seconds Seconds since a schedule last came round."
    yield "# TYPE motcua_schedule_age_seconds gauge"
    for schedule, last in sorted(measured.beats.items()):
        yield f'motcua_schedule_age_seconds{{schedule="{schedule}"}} {_age(last, measured.at)}'
    yield from _gauge("motcua_broker_queued", "Hints that wait in the broker.", measured.queued)
    if measured.has_database:
        waiting = _age(measured.waiting_since, measured.at) if measured.waiting_since else 0
        yield from _gauge("motcua_outbox_waiting_seconds", "Age of the longest waiting message.", waiting)
        behind = _age(measured.webhooks_since, measured.at) if measured.webhooks_since else 0
        yield from _gauge("motcua_webhooks_waiting_seconds", "The same of messages to systems.", behind)
        yield from _gauge("motcua_outbox_given_up", "Messages given up within a day.", measured.given_up)


def _gauge(name: str, meaning: str, value: int | None) -> Iterator[str]:
    if value is not None:
        yield f"# HELP {name} {meaning}"
        yield f"# TYPE {name} gauge"
        yield f"{name} {value}"


def _age(moment: datetime, at: datetime) -> int:
    return int((at - moment).total_seconds())
