"""Requests and answers about other systems that are told, shown in the description of the interface."""

from typing import Any, Final

from drf_spectacular.utils import OpenApiExample

from cases.api.case_examples import CASE_CODE, RECEIVED
from procedures.api.examples import shown

WEBHOOK_BODY: Final[dict[str, Any]] = {"url": "https://dashboard.example/motcua/", "kinds": []}
WEBHOOK_ANSWER: Final[dict[str, Any]] = {
    "id": "8f2c1d0a9b7e4c35",
    "url": "https://dashboard.example/motcua/",
    "kinds": [],
    "is_active": True,
    "paused": "",
    "closed_until": None,
    "previous_until": None,
    "created_at": RECEIVED,
    "created_by": "Lê Thu Hà",
}
SECRET_ANSWER: Final[dict[str, Any]] = WEBHOOK_ANSWER | {
    "secret": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw1x0m7yJmFzE="
}
CHANGE_BODY: Final[dict[str, Any]] = {"is_active": False}
DELIVERY_ANSWER: Final[dict[str, Any]] = {
    "event": f"{CASE_CODE}/2",
    "webhook_id": "H56-99-02-22-261120-0001-2",
    "kind": "forward",
    "status": "pending",
    "reason": "busy:503",
    "text": "nơi nhận đang bận (503)",
    "attempts": 1,
    "next_try_at": "2026-11-20T09:43:00+07:00",
    "created_at": RECEIVED,
    "sent_at": None,
}
REPLAY_BODY: Final[dict[str, Any]] = {"since": RECEIVED}
REPLAY_ANSWER: Final[dict[str, Any]] = {"queued": 2, "after": None}


def _answer(name: str, value: dict[str, Any], status: int) -> list[OpenApiExample]:
    return [OpenApiExample(name, value=value, response_only=True, status_codes=[str(status)])]


def _sent(name: str, body: dict[str, Any]) -> OpenApiExample:
    return OpenApiExample(name, value=body, request_only=True)


LIST: Final = shown("webhooks", {"results": [WEBHOOK_ANSWER], "next": None, "previous": None})
ONE: Final = shown("webhook", WEBHOOK_ANSWER)
CREATED: Final = _answer("webhook created", SECRET_ANSWER, 201)
ROTATED: Final = shown("new secret", SECRET_ANSWER)
DELIVERIES: Final = shown("deliveries", {"results": [DELIVERY_ANSWER], "next": None, "previous": None})
REPLAYED: Final = shown("replayed", REPLAY_ANSWER)
CREATE: Final = [_sent("webhook sent", WEBHOOK_BODY)]
CHANGE: Final = [_sent("pause sent", CHANGE_BODY)]
REPLAY: Final = [
    _sent("since sent", REPLAY_BODY),
    _sent("event sent", {"event": f"{CASE_CODE}/2"}),
]
