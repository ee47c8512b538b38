"""How a refusal leaves the interface: which field it concerns, and how the description shows it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final, TypeAlias, TypeVar

from django.forms import Form
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiExample, OpenApiResponse
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.request import Request

from staff.errors import OfficeError

MEDIA_TYPE: Final = "application/problem+json"
SHOWN_LETTERS: Final = 60

Asked = TypeVar("Asked", bound=Form)
Documented: TypeAlias = dict[tuple[str, str], OpenApiResponse]


class FieldErrorSerializer(serializers.Serializer[Any]):
    """One thing that is wrong with the request."""

    field = serializers.CharField(
        allow_null=True, help_text=_("Tham số có lỗi; null khi lỗi thuộc về cả yêu cầu.")
    )
    code = serializers.CharField(help_text=_("Mã lỗi ổn định, dùng cho máy."))
    message = serializers.CharField(help_text=_("Lời giải thích cho người đọc."))


class ProblemSerializer(serializers.Serializer[Any]):
    """A refusal in the form of RFC 9457."""

    type = serializers.CharField()
    title = serializers.CharField(help_text=_("Tên chung của lỗi."))
    status = serializers.IntegerField(help_text=_("Mã trạng thái HTTP."))
    code = serializers.CharField(help_text=_("Mã lỗi ổn định, dùng cho máy."))
    detail = serializers.CharField(help_text=_("Lời giải thích cho người đọc."))
    errors = FieldErrorSerializer(many=True)  # type: ignore[assignment]  # a field, not the base's property


def checked(form: Form) -> dict[str, Any]:
    """What was asked, read by its form.

    Raises:
        ValidationError: every field that cannot be read, with its code.
    """
    if form.is_valid():
        return form.cleaned_data
    problems = form.errors.get_json_data()
    raise ValidationError(
        {
            name: [ErrorDetail(one["message"], code=one["code"]) for one in found]
            for name, found in problems.items()
        }
    )


def query_of(form: type[Asked], request: Request) -> Asked:
    """The query of a request, read by its form.

    Raises:
        ValidationError: as ``checked``; and every name that the form does not know, ``unknown_parameter``.
    """
    refuse_unknown(request, form)
    asked = form(request.query_params)
    checked(asked)
    return asked


def refuse_unknown(request: Request, form: type[Form]) -> None:
    """Refuse names that nobody knows: a filter that is misspelt would otherwise answer for all.

    Raises:
        ValidationError: each of them with ``unknown_parameter``.
    """
    unknown = sorted(set(request.query_params) - set(form.base_fields))
    if unknown:
        detail = ErrorDetail(gettext("Không có tham số này."), code="unknown_parameter")
        raise ValidationError({readable(name): [detail] for name in unknown})


def readable(name: object) -> str:
    """The name of a field that somebody else made up, as an answer can carry it."""
    return str(name).encode(errors="replace").decode()[:SHOWN_LETTERS]


@contextmanager
def refusals_at(fields: Mapping[str, str]) -> Iterator[None]:
    """Turn what the office refuses inside this block into an error of the field that its code concerns."""
    try:
        yield
    except OfficeError as refusal:
        if refusal.code not in fields:
            raise
        detail = ErrorDetail(str(refusal.message), code=refusal.code)
        raise ValidationError({fields[refusal.code]: [detail]}) from refusal


def documented(
    status: int,
    *,
    title: str | Promise,
    code: str,
    detail: str | Promise,
    error: Mapping[str, str | Promise] | None = None,
) -> Documented:
    """One refusal in the description of an address, with an example."""
    example = {
        "type": "about:blank",
        "title": title,
        "status": status,
        "code": code,
        "detail": detail,
        "errors": [dict(error)] if error else [],
    }
    response = OpenApiResponse(
        ProblemSerializer,
        description=detail,
        examples=[OpenApiExample(code, value=example, response_only=True, status_codes=[str(status)])],
    )
    return {(str(status), MEDIA_TYPE): response}


def invalid(field: str, code: str, message: str | Promise) -> Documented:
    """The refusal of a query that cannot be read, with one error as example."""
    return documented(
        422,
        title=_("Dữ liệu chưa hợp lệ"),
        code="invalid",
        detail=_("Một hoặc nhiều trường chưa hợp lệ; xem danh sách lỗi."),
        error={"field": field, "code": code, "message": message},
    )


UNKNOWN_PROCEDURE: Final = documented(
    404,
    title=_("Không tìm thấy"),
    code="procedure_unknown",
    detail=_("Không có thủ tục mang mã này."),
)
