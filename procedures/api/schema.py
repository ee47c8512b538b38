"""The description of a query, read from the form that checks it, so that the two cannot differ."""

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.text import format_lazy
from drf_spectacular.utils import OpenApiExample, OpenApiParameter

from procedures.api.query_fields import CODE, MOMENT, QueryCodeField, QueryMomentField


def parameters_of(form: type[forms.Form], **examples: Any) -> list[OpenApiParameter]:
    """The query parameters of a form; an example stands under the name of its field."""
    return [_parameter(name, field, examples.get(name)) for name, field in form.base_fields.items()]


def path_code(description: str | Promise, example: str) -> OpenApiParameter:
    """The code in the address."""
    return OpenApiParameter(
        "code",
        type=str,
        location=OpenApiParameter.PATH,
        description=description,
        examples=[OpenApiExample(example, value=example)],
    )


def _parameter(name: str, field: forms.Field, example: Any) -> OpenApiParameter:
    shown = [] if example is None else [OpenApiExample(str(example), value=example)]
    return OpenApiParameter(
        name,
        type=_type(field),
        required=field.required,
        description=_description(field),
        examples=shown,
    )


def _description(field: forms.Field) -> str | Promise:
    """What the parameter is for, with the meaning of each value of a closed list."""
    lines: list[str | Promise] = [field.help_text or field.label or ""]
    if isinstance(field, forms.ChoiceField):
        lines += [
            format_lazy("* `{}`: {}", value, label) for value, label in _choices(field) if value != label
        ]
    return format_lazy("\n".join(["{}"] * len(lines)), *lines)


def _type(field: forms.Field) -> dict[str, Any]:
    """The JSON schema of what a field takes."""
    usual = {} if field.initial is None else {"default": field.initial}
    if isinstance(field, forms.ChoiceField):
        blank = [] if field.required else [""]  # a parameter left blank counts as left out
        one = {"type": "string", "enum": [value for value, _label in _choices(field)] + blank}
        is_many = isinstance(field, forms.MultipleChoiceField)
        return {"type": "array", "items": one} if is_many else one | usual
    if isinstance(field, forms.IntegerField):
        return {"type": "integer", "minimum": field.min_value, "maximum": field.max_value} | usual
    if isinstance(field, QueryMomentField):
        return {"type": "string", "pattern": _pattern(MOMENT, field)}
    if isinstance(field, QueryCodeField):
        return {"type": "string", "pattern": _pattern(CODE, field)}
    return {"type": "string", "maxLength": getattr(field, "max_length", None)}


def _pattern(form: str, field: forms.Field) -> str:
    return f"^{form}$" if field.required else f"^({form})?$"


def _choices(field: forms.ChoiceField) -> list[tuple[str, str | Promise]]:
    return list(field.choices)  # type: ignore[arg-type]
