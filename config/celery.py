"""The queue. It only wakes work that the database already holds, so losing it delays and never loses."""

import os

from celery import Celery
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")

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
    beat_schedule={"drain the outbox": {"task": "cases.drain_outbox", "schedule": 10.0}},
)
app.autodiscover_tasks()
app.autodiscover_tasks(related_name="nightly")
