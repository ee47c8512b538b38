"""The queue. It only wakes work that the database already holds, so losing it delays and never loses."""

import os
from typing import Any

from celery import Celery
from celery.schedules import crontab
from celery.signals import beat_init, celeryd_init, worker_ready
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from config.checks import require_complete

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")


def _often(task: str, seconds: int) -> dict[str, Any]:
    """Work that comes round; what nobody takes up before the next round is left to that."""
    return {"task": task, "schedule": float(seconds), "options": {"expires": max(seconds, 60)}}


app = Celery("motcua")
app.conf.update(
    broker_url=settings.REDIS_URL or "memory://",
    timezone="Asia/Ho_Chi_Minh",
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    worker_prefetch_multiplier=1,
    task_ignore_result=True,
    task_serializer="json",
    accept_content=["json"],
    task_time_limit=60,
    task_soft_time_limit=50,
    task_publish_retry=False,
    broker_connection_timeout=1,
    broker_transport_options={
        "visibility_timeout": 300,
        "unacked_restore_interval": 10,
        "unacked_restore_throttle": 1,
        "socket_connect_timeout": 1,
    },
    broker_connection_retry_on_startup=True,
    worker_hijack_root_logger=False,
    beat_schedule={
        "drain the outbox": _often("cases.drain_outbox", 10),
        "let in what other communes sent": _often("cases.enter_waiting", 60),
        "morning check": {"task": "cases.morning_check", "schedule": crontab(hour=6, minute=30)},
        "prune what has served its time": _often("cases.prune_old", 3600),
        "usual times": {"task": "cases.count_usual_times", "schedule": crontab(hour=2, minute=10)},
        "make up the morning check": _often("cases.make_up_morning_check", 600),
        "sweep the cabinet": {"task": "cases.sweep_cabinet", "schedule": crontab(hour=2, minute=20)},
    },
)
app.autodiscover_tasks()
app.autodiscover_tasks(related_name="nightly")


@celeryd_init.connect
@beat_init.connect
def begin_complete(**_told: Any) -> None:
    """Worker and beat end at once where something is missing; what a receiver raises would only be logged."""
    try:
        require_complete()
    except ImproperlyConfigured as error:
        raise SystemExit(str(error)) from None


@worker_ready.connect
def make_up_what_was_missed(**_told: Any) -> None:
    """A worker that starts asks for the morning check that nobody has run, and for the pruning."""
    for task in ("cases.make_up_morning_check", "cases.prune_old"):
        app.send_task(task, ignore_result=True)
