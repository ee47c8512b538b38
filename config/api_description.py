"""What holds for every address of the interface, added to its description in one place."""

from typing import Any

from django.utils.translation import gettext

from config.api_errors import DETAILS, MEDIA_TYPE, document


def tell_of_limits(result: dict[str, Any], **_told: Any) -> dict[str, Any]:
    """Any address may answer that there were too many requests."""
    for operations in result["paths"].values():
        for operation in operations.values():
            operation["responses"].setdefault("429", _too_many())
    return result


def _too_many() -> dict[str, Any]:
    body = document(429, code="throttled", detail=DETAILS["throttled"])
    return {
        "headers": {
            "Retry-After": {
                "schema": {"type": "integer"},
                "description": gettext("Số giây phải chờ."),
            }
        },
        "content": {
            MEDIA_TYPE: {
                "schema": {"$ref": "#/components/schemas/Problem"},
                "examples": {"throttled": {"value": body}},
            }
        },
        "description": str(DETAILS["throttled"]),
    }
