"""Tracking for machines, for instance a telephone service that reads the state aloud."""

from typing import Final

from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from cases import actions
from cases.api import examples
from cases.api.refusals import TOO_MANY, WRONG, tracking_refusals
from cases.api.serializers import TrackSerializer
from cases.forms.tracking import DigitsForm, TrackForm
from procedures.api.problems import checked, documented, invalid, refuse_unknown
from procedures.api.schema import parameters_of, path_code
from procedures.api.views import PublicView
from staff import clock
from staff.http import address_of

CODE: Final = path_code(_("Mã hồ sơ in trên giấy hẹn."), "H56.99.02.22-261120-0001")
DIGITS_WRONG: Final = documented(
    403,
    title=_("Không có quyền"),
    code="digits_wrong",
    detail=WRONG,
)
TOO_MANY_TRIES: Final = documented(
    429,
    title=_("Quá nhiều yêu cầu"),
    code="too_many_tries",
    detail=TOO_MANY,
)


@method_decorator(never_cache, name="dispatch")
class TrackView(PublicView):
    """One case for whoever knows its digits."""

    @extend_schema(
        operation_id="trackCase",
        summary=_("Tra cứu hồ sơ"),
        description=_(
            "Mở bằng mã hồ sơ và 4 số cuối điện thoại hoặc căn cước, hoặc mã 4 số in trên giấy hẹn."
            " Mỗi hồ sơ nhận nhiều nhất 5 lần sai trong một giờ."
            " Mã không có và 4 số sai được trả lời như nhau."
        ),
        tags=["cases"],
        parameters=[CODE, *parameters_of(DigitsForm, digits="5018")],
        responses={
            200: OpenApiResponse(
                TrackSerializer, description=_("Tình trạng hồ sơ."), examples=examples.TRACK
            ),
            **DIGITS_WRONG,
            **invalid("digits", "digits_form", _("Ông bà nhập đúng 4 chữ số.")),
            **TOO_MANY_TRIES,
        },
    )
    def get(self, request: Request, code: str) -> Response:
        """State, dates, place and money of the case."""
        at = clock.now()
        refuse_unknown(request, DigitsForm)
        asked = checked(TrackForm({"code": code, "digits": request.query_params.get("digits", "")}))
        with tracking_refusals():
            case = actions.open_by_code(
                asked["code"], asked["digits"], address=address_of(request) or "", at=at
            )
        return Response(TrackSerializer(case).data)
