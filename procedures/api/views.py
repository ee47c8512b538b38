"""What machines may ask of the catalogue: reading only, without sign-in."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from procedures.api import examples
from procedures.api.forms import CatalogueForm, DeadlineForm, QuoteForm
from procedures.api.listing import listing_of
from procedures.api.lookup import version_to_quote, version_to_show
from procedures.api.problems import UNKNOWN_PROCEDURE, invalid, query_of, refusals_at
from procedures.api.query_fields import MOMENT_FORM, REQUIRED
from procedures.api.quote_serializers import DeadlineSerializer, QuoteSerializer
from procedures.api.schema import parameters_of, path_code
from procedures.api.serializers import ProcedureDetailSerializer, ProcedureListSerializer
from procedures.deadlines import compute_due
from procedures.quotes import quote
from staff import clock
from staff.api.throttles import AddressThrottle
from staff.queries import current_calendar
from staff.work_calendar import DEFAULT_HOURS

CODE: Final = path_code(_("Mã thủ tục quốc gia; các số 0 ở cuối có thể bỏ."), "1.004873")
QUOTE_FIELDS: Final[Mapping[str, str]] = {
    "situation_unknown": "situation",
    "channel_not_offered": "channel",
    "not_in_force": "received_at",
}


class PublicView(APIView):
    """An address that anybody may ask."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    throttle_classes = (AddressThrottle,)


class ProcedureListView(PublicView):
    """The posting board, or what was found on it."""

    @extend_schema(
        operation_id="listProcedures",
        summary=_("Tìm và liệt kê thủ tục"),
        description=_(
            "Có từ khóa thì trả các thủ tục khớp nhất trước, nhiều nhất 100 thủ tục; không có từ khóa thì"
            " liệt kê danh mục đang niêm yết theo mã. Đi tiếp bằng liên kết next và previous."
        ),
        tags=["procedures"],
        parameters=parameters_of(CatalogueForm, q="1.004873"),
        responses={
            200: OpenApiResponse(
                ProcedureListSerializer,
                description=_("Một trang danh mục."),
                examples=examples.LIST,
            ),
            **invalid("after", "page_key_unknown", _("Danh sách không có mã này; mở lại từ trang đầu.")),
        },
    )
    def get(self, request: Request) -> Response:
        """One page of the catalogue."""
        asked = query_of(CatalogueForm, request).cleaned_data
        with refusals_at({"page_key_unknown": "after" if asked["after"] else "before"}):
            listing = listing_of(asked, path=request.path, day=clock.localdate(clock.now()))
        return Response(ProcedureListSerializer(listing).data)


class ProcedureView(PublicView):
    """One procedure."""

    @extend_schema(
        operation_id="getProcedure",
        summary=_("Chi tiết một thủ tục"),
        description=_(
            "Trường hợp, thời hạn theo hình thức nộp, giấy tờ, mức thu và căn cứ của bản đang có hiệu lực;"
            " thủ tục đã hết hiệu lực thì trả bản cuối cùng."
        ),
        tags=["procedures"],
        parameters=[CODE],
        responses={
            200: OpenApiResponse(
                ProcedureDetailSerializer, description=_("Thủ tục."), examples=examples.DETAIL
            ),
            **UNKNOWN_PROCEDURE,
        },
    )
    def get(self, request: Request, code: str) -> Response:
        """All that the version in force publishes."""
        day = clock.localdate(clock.now())
        version = version_to_show(code, day=day)
        return Response(ProcedureDetailSerializer(version, context={"day": day}).data)


class QuoteView(PublicView):
    """Promise and money for one filing."""

    @extend_schema(
        operation_id="quoteProcedure",
        summary=_("Báo trước ngày hẹn trả và số tiền"),
        description=_(
            "Tính bằng chính quy tắc mà cán bộ dùng khi tiếp nhận, theo quy định có hiệu lực vào ngày nhận,"
            " với giờ làm việc 07:00–11:30 và 13:30–17:00."
            " Nhóm đối tượng chỉ được miễn khoản thu mà quy định nêu."
        ),
        tags=["procedures"],
        parameters=[CODE, *parameters_of(QuoteForm, channel="online", received_at="2026-11-20T16:40")],
        responses={
            200: OpenApiResponse(
                QuoteSerializer, description=_("Ngày hẹn và số tiền."), examples=examples.QUOTE
            ),
            **UNKNOWN_PROCEDURE,
            **invalid("channel", "required", REQUIRED),
        },
    )
    def get(self, request: Request, code: str) -> Response:
        """The quote of the engines that registration uses."""
        form = query_of(QuoteForm, request)
        at = form.cleaned_data["received_at"] or clock.now()
        with refusals_at(QUOTE_FIELDS):
            version = version_to_quote(code, day=clock.localdate(at))
            quoted = quote(version, received_at=at, calendar=current_calendar(), **form.circumstances())
        return Response(QuoteSerializer(quoted).data)


class DeadlineView(PublicView):
    """A deadline without any procedure."""

    @extend_schema(
        operation_id="computeDeadline",
        summary=_("Tính thời hạn"),
        description=_(
            "Đếm thời hạn từ lúc nhận đủ hồ sơ theo lịch làm việc của tỉnh và giờ làm việc 07:00–11:30,"
            " 13:30–17:00, kèm lý do của từng ngày."
        ),
        tags=["deadlines"],
        parameters=parameters_of(DeadlineForm, received_at="2026-11-20T16:40", unit="working_day", amount=3),
        responses={
            200: OpenApiResponse(
                DeadlineSerializer, description=_("Thời điểm hẹn trả."), examples=examples.DEADLINE
            ),
            **invalid("received_at", "invalid", MOMENT_FORM),
        },
    )
    def get(self, request: Request) -> Response:
        """The moment and the days that lead to it."""
        form = query_of(DeadlineForm, request)
        at = form.cleaned_data["received_at"]
        deadline = compute_due(at, form.limit(), calendar=current_calendar(), hours=DEFAULT_HOURS)
        return Response(DeadlineSerializer(deadline).data)
