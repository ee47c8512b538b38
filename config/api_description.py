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
    """Any address may be unable to read a request, be asked too often, or miss a part that is away."""
    for operations in result["paths"].values():
        for operation in operations.values():
            answers = operation["responses"]
            answers.setdefault("400", _refusal(400, "malformed"))
            if _speaks_only_json(answers):
                answers["406"] = _refusal(406, "not_acceptable")
            answers["414"] = TOO_LONG
            answers.setdefault("429", _refusal(429, "throttled") | RETRY_AFTER)
            answers.setdefault("503", _refusal(503, "unavailable", "disk_full") | RETRY_AFTER)
    return result


def _speaks_only_json(answers: dict[str, Any]) -> bool:
    """Whether every success that has a content is JSON."""
    contents = [
        answer["content"] for status, answer in answers.items() if status < "3" and "content" in answer
    ]
    return all(set(content) == {JSON} for content in contents)


def _refusal(status: int, *codes: str) -> dict[str, Any]:
    """An answer that refuses, with an example for each of its codes."""
    examples = {code: {"value": document(status, code=code, detail=DETAILS[code])} for code in codes}
    return {
        "content": {
            MEDIA_TYPE: {
                "schema": {"$ref": "#/components/schemas/Problem"},
                "examples": examples,
            }
        },
        "description": str(DETAILS[codes[0]]),
    }
