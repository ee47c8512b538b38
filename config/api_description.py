"""What holds for every address of the interface, added to its description in one place."""

from typing import Any

from django.utils.translation import gettext

from config.api_errors import DETAILS, MEDIA_TYPE, document


def tell_of_limits(result: dict[str, Any], **_told: Any) -> dict[str, Any]:
    """Any address may answer that there were too many requests, or that a part is away."""
    for operations in result["paths"].values():
        for operation in operations.values():
            operation["responses"].setdefault("429", _wait(429, "throttled"))
            operation["responses"].setdefault("503", _wait(503, "unavailable", "disk_full"))
    return result


def _wait(status: int, *codes: str) -> dict[str, Any]:
    """An answer that asks to come again later, with an example for each of its codes."""
    examples = {code: {"value": document(status, code=code, detail=DETAILS[code])} for code in codes}
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
                "examples": examples,
            }
        },
        "description": str(DETAILS[codes[0]]),
    }
