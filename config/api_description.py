"""What holds for every address of the interface, added to its description in one place."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from config.api_errors import DETAILS, MEDIA_TYPE, document

JSON: Final = "application/json"
RETRY_AFTER: Final = {
    "headers": {"Retry-After": {"schema": {"type": "integer"}, "description": _("Số giây phải chờ.")}}
}

TOO_LONG: Final = {
    "content": {"text/html": {"schema": {"type": "string"}}},
    "description": _("Địa chỉ dài quá 4.094 byte; máy chủ web từ chối, không đọc tiếp."),
}


def tell_of_every_address(result: dict[str, Any], **_told: Any) -> dict[str, Any]:
    """Any address may answer that it could not read the request, or that there were too many."""
    for operations in result["paths"].values():
        for operation in operations.values():
            answers = operation["responses"]
            answers.setdefault("400", _refusal(400, "malformed"))
            if set(answers["200" if "200" in answers else "201"]["content"]) == {JSON}:
                answers["406"] = _refusal(406, "not_acceptable")
            answers["414"] = TOO_LONG
            answers.setdefault("429", _refusal(429, "throttled") | RETRY_AFTER)
    return result


def _refusal(status: int, code: str) -> dict[str, Any]:
    body = document(status, code=code, detail=DETAILS[code])
    return {
        "content": {
            MEDIA_TYPE: {
                "schema": {"$ref": "#/components/schemas/Problem"},
                "examples": {code: {"value": body}},
            }
        },
        "description": str(DETAILS[code]),
    }
