"""What the description of the interface says of the addresses behind a key."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse
from rest_framework.exceptions import ValidationError

from cases.api.access import KEY, KEY_FORM, MISSING
from cases.api.case_examples import FILE_KEY as EXAMPLE_FILE
from cases.api.case_examples import STALE_ANSWER
from cases.api.case_listing import LARGEST, NO_SUCH_PAGE, CaseListForm
from cases.api.case_serializers import StaleSerializer
from cases.forms.moves import MoveForm
from procedures.api.problems import MEDIA_TYPE, Documented, checked, documented, invalid
from procedures.api.schema import parameters_of, path_code
from staff.api.authentication import REFUSED
from staff.api.bodies import TooLarge
from staff.api.description import TokenScheme

SECURITY: Final = TokenScheme.name
"""Naming it here is what makes the description know the key."""

CODE: Final = path_code(_("Mã hồ sơ."), "H56.99.02.22-261120-0001")
DOCUMENT_KEY: Final = OpenApiParameter(
    "key",
    type=str,
    location=OpenApiParameter.PATH,
    description=_("Tên của bản, lấy từ danh sách giấy đã lập."),
    examples=[OpenApiExample("receipt-1", value="receipt-1")],
)
PAPER_ID: Final = OpenApiParameter(
    "paper",
    type={"type": "integer", "minimum": 1, "maximum": LARGEST},
    location=OpenApiParameter.PATH,
    description=_("Số của giấy tờ, lấy từ danh sách giấy tờ."),
    examples=[OpenApiExample("1", value=1)],
)
FILE_KEY: Final = OpenApiParameter(
    "key",
    type=str,
    location=OpenApiParameter.PATH,
    description=_("Khóa của tệp, lấy từ danh sách giấy tờ."),
    examples=[OpenApiExample("key", value=EXAMPLE_FILE)],
)
IDEMPOTENCY_KEY: Final = OpenApiParameter(
    KEY,
    type={"type": "string", "pattern": f"^{KEY_FORM}$"},
    location=OpenApiParameter.HEADER,
    required=True,
    description=_("Khóa chống lặp: mỗi yêu cầu mới một khóa mới, gửi lại thì giữ nguyên khóa."),
    examples=[OpenApiExample("uuid", value="7d9f3a52-3c0e-4a55-9d7b-0a4f1e0c2b11")],
)
LISTED: Final = parameters_of(CaseListForm, view="open", size="20")

STALE_WORDS: Final = _("Hồ sơ đã thay đổi từ lúc đọc. Đọc lại hồ sơ rồi làm tiếp với phiên bản mới.")
BEHIND_A_KEY: Final[Documented] = {
    **documented(401, title=_("Chưa đăng nhập"), code="token_refused", detail=REFUSED),
    **documented(
        403,
        title=_("Không có quyền"),
        code="permission_denied",
        detail=_("Vai trò hiện tại không được làm việc này."),
    ),
}
UNKNOWN_CASE: Final = documented(
    404, title=_("Không tìm thấy"), code="not_found", detail=_("Không tìm thấy dữ liệu được yêu cầu.")
)
WRITING: Final[Documented] = {
    **BEHIND_A_KEY,
    **documented(400, title=_("Yêu cầu không hợp lệ"), code="idempotency_key_missing", detail=MISSING),
    **documented(413, title=_("Nội dung quá lớn"), code="too_large", detail=TooLarge.default_detail),
    **documented(
        415,
        title=_("Định dạng gửi lên không được hỗ trợ"),
        code="unsupported_media_type",
        detail=_("Địa chỉ này không nhận dạng nội dung vừa gửi."),
    ),
}
NO_ROOM_WORDS: Final = _("Máy chủ hết chỗ. Tệp chưa được lưu; gửi lại sau, hoặc báo người quản trị.")
BAD_QUERY: Final = invalid("after", "page_key_unknown", NO_SUCH_PAGE)
BAD_INTAKE: Final = invalid("principal.name", "required", _("Cần có trường này."))
BAD_FILES: Final = invalid("scans", "required", _("Cần có trường này."))
BAD_MOVE: Final = invalid("arguments.reason", "required", _("Ông bà nhập ô này."))
STALE: Final[Documented] = {
    ("409", MEDIA_TYPE): OpenApiResponse(
        StaleSerializer,
        description=STALE_WORDS,
        examples=[OpenApiExample("stale", value=STALE_ANSWER, response_only=True, status_codes=["409"])],
    )
}


def arguments_of(form: MoveForm) -> dict[str, Any]:
    """The keywords of the action.

    Raises:
        ValidationError: what is wrong, at the names that the sender used.
    """
    try:
        checked(form)
    except ValidationError as refused:
        named: Any = refused.detail
        version = {"version": named.pop("version")} if "version" in named else {}
        raise ValidationError(version | ({"arguments": named} if named else {})) from refused
    return form.arguments()
