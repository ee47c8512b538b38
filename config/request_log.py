"""What the log may know of a request: the route, never a query, a body or a token."""

import json
import logging
import time
import traceback
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest, HttpResponseBase

logger = logging.getLogger("motcua.request")
TASKS = "celery.app.trace"
FACTS = (
    *("request_id", "method", "route", "status", "ms"),
    *("claimed", "sent", "retried", "skipped", "dead", "left"),  # messages of a drain
    *("typed", "attempts", "answers", "sessions", "misses", "told"),  # rows of a pruning
)
"""What else than the message a line may hold; anything further that a record carries is left out."""


class RequestLogMiddleware:
    """One line for each request, under a number that the visitor can quote."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request and write its line."""
        started = time.perf_counter()
        request_id = uuid.uuid4().hex[:12]
        request.META["MOTCUA_REQUEST_ID"] = request_id
        response = self.get_response(request)
        response.headers["X-Request-Id"] = request_id
        facts = {
            "request_id": request_id,
            "method": request.method,
            "route": route_of(request),
            "status": response.status_code,
            "ms": round((time.perf_counter() - started) * 1000, 1),
        }
        logger.info("request", extra=facts)
        return response


def route_of(request: HttpRequest) -> str | None:
    """The pattern that answered; the address itself may hold a case code or a tracking token."""
    match = request.resolver_match
    return match.route if match else None


class JsonFormatter(logging.Formatter):
    """One JSON object per line; an error keeps its frames and the first line of its message.

    The further lines of a database error quote the row, and with it a person's data.
    """

    def format(self, record: logging.LogRecord) -> str:
        """The line for one record."""
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, tz=UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
        }
        request = getattr(record, "request", None)
        if isinstance(request, HttpRequest):
            line |= {"message": "request failed", "method": request.method, "route": route_of(request)}
            line["request_id"] = request.META.get("MOTCUA_REQUEST_ID")
        else:
            line["message"] = message_of(record)
        line |= {name: getattr(record, name) for name in FACTS if hasattr(record, name)}
        if record.exc_info and record.exc_info[1] is not None:
            line["error"] = describe_error(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False, default=str)


def message_of(record: logging.LogRecord) -> str:
    """The message; for a task that failed without its error and arguments, which may quote a row."""
    task = getattr(record, "data", None)
    if isinstance(task, dict) and ("exc" in task or record.name == TASKS):
        return f"task {task.get('name')}[{task.get('id')}] {task.get('description', 'succeeded')}"
    return record.getMessage()


def describe_error(error: BaseException) -> dict[str, Any]:
    """The kind, the first line and the places of an error."""
    frames = traceback.extract_tb(error.__traceback__)
    return {
        "type": type(error).__name__,
        "message": str(error).partition("\n")[0],
        "frames": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames],
    }
