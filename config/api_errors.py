"""Every refusal of the API as one problem document in the form of RFC 9457, worded in Vietnamese."""

import sys
from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.core.exceptions import TooManyFieldsSent
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.defaults import bad_request, server_error
from rest_framework.exceptions import APIException, ErrorDetail, NotFound, ValidationError
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView, exception_handler

from config.outages import RETRY_SECONDS, outage_behind, outage_page
from staff.errors import OfficeError
from staff.http import is_of_interface

Text = str | Promise

TITLES: Final[Mapping[int, Text]] = {
    400: _("Yêu cầu không hợp lệ"),
    401: _("Chưa đăng nhập"),
    403: _("Không có quyền"),
    404: _("Không tìm thấy"),
    405: _("Không hỗ trợ thao tác này"),
    406: _("Không có định dạng được yêu cầu"),
    409: _("Dữ liệu đã thay đổi"),
    413: _("Nội dung quá lớn"),
    415: _("Định dạng gửi lên không được hỗ trợ"),
    422: _("Dữ liệu chưa hợp lệ"),
    429: _("Quá nhiều yêu cầu"),
    500: _("Hệ thống gặp lỗi"),
    503: _("Hệ thống tạm ngừng"),
}
DETAILS: Final[Mapping[str, Text]] = {
    "authentication_failed": _("Thông tin đăng nhập không đúng."),
    "disk_full": _("Ổ đĩa của máy chủ đã đầy, chưa ghi được gì thêm. Gửi lại sau với cùng khóa."),
    "fault": _("Lỗi đã được ghi lại. Vui lòng thử lại sau."),
    "malformed": _("Yêu cầu có phần không đọc được."),
    "invalid": _("Một hoặc nhiều trường chưa hợp lệ; xem danh sách lỗi."),
    "method_not_allowed": _("Địa chỉ này không nhận phương thức vừa dùng."),
    "not_acceptable": _("Hệ thống chỉ trả lời bằng JSON."),
    "not_authenticated": _("Cần đăng nhập để dùng địa chỉ này."),
    "not_found": _("Không tìm thấy dữ liệu được yêu cầu."),
    "parse_error": _("Nội dung gửi lên không đọc được."),
    "permission_denied": _("Vai trò hiện tại không được làm việc này."),
    "throttled": _("Vui lòng thử lại sau ít phút."),
    "unavailable": _("Cơ sở dữ liệu chưa trả lời. Gửi lại sau ít giây với cùng khóa."),
    "unsupported_media_type": _("Địa chỉ này không nhận dạng nội dung vừa gửi."),
}
OF_THE_OFFICE: Final[Mapping[str, int]] = {"stale": 409, "disk_full": 503}
"""Refusals of the office that are no fault of what was sent."""
MEDIA_TYPE = "application/problem+json"


def answer_problem(error: Exception, context: Mapping[str, Any]) -> Response | None:
    """The answer to a refusal; anything that is not a refusal stays a fault and goes to the log."""
    if isinstance(error, OfficeError):
        return problem(OF_THE_OFFICE.get(error.code, 422), code=error.code, detail=error.message)
    response = exception_handler(error, dict(context))
    if response is None:
        return None
    if isinstance(error, ValidationError):
        return problem(422, code="invalid", detail=DETAILS["invalid"], errors=list(flatten(error.detail)))
    code = code_of(error)
    detail = DETAILS.get(code) or str(getattr(error, "detail", TITLES.get(response.status_code, "")))
    answer = problem(response.status_code, code=code, detail=detail)
    answer.data |= getattr(error, "members", {})
    for name in ("Allow", "Retry-After", "WWW-Authenticate"):
        if name in response.headers:
            answer.headers[name] = response.headers[name]
    return answer


def problem(
    status: int, *, code: str, detail: Text, errors: list[dict[str, str | None]] | None = None
) -> Response:
    """One problem document."""
    body = document(status, code=code, detail=detail) | {"errors": errors or []}
    return Response(body, status=status, content_type=MEDIA_TYPE)


def document(status: int, *, code: str, detail: Text) -> dict[str, Any]:
    """The body of a problem without single errors."""
    return {
        "type": "about:blank",
        "title": str(TITLES.get(status, _("Yêu cầu không thực hiện được"))),
        "status": status,
        "code": code,
        "detail": str(detail),
        "errors": [],
    }


class UnknownAddress(APIView):
    """Every address of the API that does not exist."""

    permission_classes = (AllowAny,)
    schema = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Refuse, whatever the method."""
        raise NotFound


def answer_malformed(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The answer to what no view could read: a problem document in the API, a page elsewhere."""
    if not is_of_interface(request):
        if not hasattr(request, "actor"):  # refused before anybody asked who it is
            request.actor = None  # type: ignore[attr-defined]
        if isinstance(exception, TooManyFieldsSent):  # the page of the refusal must not count them again
            request.GET = QueryDict()
        return bad_request(request, exception)
    body = document(400, code="malformed", detail=DETAILS["malformed"])
    return JsonResponse(body, status=400, content_type=MEDIA_TYPE)


def answer_fault(request: HttpRequest) -> HttpResponse:
    """The answer to a fault: a problem document in the API, a page elsewhere; 503 where a part is away."""
    outage, is_api = outage_behind(sys.exception()), is_of_interface(request)
    if outage is None:
        return _problem_page(500, "fault") if is_api else server_error(request)
    answer = _problem_page(503, outage) if is_api else outage_page(request, outage)
    answer.headers["Retry-After"] = str(RETRY_SECONDS)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _problem_page(status: int, code: str) -> HttpResponse:
    body = document(status, code=code, detail=DETAILS[code])
    return JsonResponse(body, status=status, content_type=MEDIA_TYPE)


def code_of(error: Exception) -> str:
    """The short name of a refusal that the framework made."""
    if isinstance(error, Http404):
        return "not_found"
    if isinstance(error, APIException):
        return str(getattr(error.detail, "code", error.default_code))
    return "permission_denied"


def flatten(detail: Any, path: tuple[str, ...] = ()) -> Iterator[dict[str, str | None]]:
    """Each message with the way to its field: ``papers.0.name``; no field when it concerns the whole."""
    if isinstance(detail, Mapping):
        for name, inner in detail.items():
            yield from flatten(inner, path if name == "non_field_errors" else (*path, str(name)))
    elif isinstance(detail, list):
        for index, inner in enumerate(detail):
            yield from flatten(inner, path if isinstance(inner, ErrorDetail) else (*path, str(index)))
    else:
        code = str(getattr(detail, "code", "invalid"))
        yield {"field": ".".join(path) or None, "code": code, "message": str(detail)}
