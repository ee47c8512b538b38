"""The cases of one commune for other systems, each request the work of an officer in one membership."""

import uuid
from typing import Any, Final

from django.http import Http404
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.exceptions import APIException
from rest_framework.request import Request
from rest_framework.response import Response

from cases import actions
from cases.actions.answers import Answered
from cases.api import case_examples as examples
from cases.api import told
from cases.api.access import OfficerView
from cases.api.bodies import IntakeBody, MoveBody, choice_of, read
from cases.api.bodies import told as typed
from cases.api.case_listing import CaseListForm, listed
from cases.api.case_serializers import (
    CaseListSerializer,
    CaseRowSerializer,
    CaseSerializer,
    CreatedSerializer,
    DocumentsSerializer,
    key_of_document,
    steps_of,
)
from cases.api.contents import ContentView
from cases.api.registering import register
from cases.beside import names_in
from cases.documents.receipt import render_receipt
from cases.documents.receipt_data import snapshot_of
from cases.errors import StaleCase
from cases.forms.moving import MOVE_ACTIONS, form_of_move
from cases.media import PDF
from cases.models import Case
from cases.workflow import MOVES
from procedures.api.problems import query_of
from staff.rights import Capability

PRINTED: Final = {"receipt": render_receipt}


class StaleMove(APIException):
    """The case has changed since the other system read it; the answer tells how."""

    status_code = 409
    default_code = "stale"
    default_detail = told.STALE_WORDS

    def __init__(self, case: Case, seen: int) -> None:
        super().__init__()
        since = [event for event in case.events.all() if event.seq > seen]
        self.members: dict[str, Any] = {"version": case.version, "changes": steps_of(since, names_in(case))}


class CasesView(OfficerView):
    """The list, and the way in."""

    @extend_schema(
        operation_id="listCases",
        summary=_("Liệt kê hồ sơ"),
        description=_(
            "Hồ sơ của xã nơi khóa làm việc, trong lĩnh vực được giao; cùng bộ lọc với trang Việc cần làm."
            " Đi tiếp bằng liên kết next và previous."
        ),
        tags=["cases"],
        parameters=told.LISTED,
        responses={
            200: OpenApiResponse(
                CaseListSerializer, description=_("Một trang hồ sơ."), examples=examples.LIST
            ),
            **told.BEHIND_A_KEY,
            **told.BAD_QUERY,
        },
    )
    def get(self, request: Request) -> Response:
        """One page."""
        asked = query_of(CaseListForm, request).cleaned_data
        return Response(CaseListSerializer(listed(asked, by=self.actor, at=self.at, path=request.path)).data)

    @extend_schema(
        operation_id="registerCase",
        summary=_("Tiếp nhận hồ sơ"),
        description=_(
            "Theo đúng quy tắc của màn hình tiếp nhận: tính ngày hẹn, tiền phải nộp, lập giấy tiếp nhận."
            " Gửi lại cùng Idempotency-Key trong 24 giờ thì nhận lại đúng câu trả lời trước,"
            " kèm tiêu đề Idempotent-Replayed: true."
        ),
        tags=["cases"],
        parameters=[told.IDEMPOTENCY_KEY],
        request=IntakeBody,
        examples=examples.INTAKE,
        responses={
            201: OpenApiResponse(
                CreatedSerializer, description=_("Hồ sơ đã tiếp nhận."), examples=examples.CREATED
            ),
            **told.WRITING,
            **told.BAD_INTAKE,
        },
    )
    def post(self, request: Request) -> Response:
        """Register once."""
        self.require(Capability.REGISTER_CASE)
        return self.once(request, lambda key: self._register(request, key))

    def _register(self, request: Request, key: uuid.UUID) -> Answered:
        case = register(read(IntakeBody, request.data), key, by=self.actor, at=self.at)
        return Answered(201, CreatedSerializer(case).data)


class CaseView(OfficerView):
    """One case."""

    @extend_schema(
        operation_id="getCase",
        summary=_("Đọc một hồ sơ"),
        description=_(
            "Lời hẹn, tiền, người, giấy tờ, lịch sử và các bước làm được. Số giấy tờ của cá nhân được che."
            " Mỗi lần mở được ghi vào nhật ký xem hồ sơ."
        ),
        tags=["cases"],
        parameters=[told.CODE],
        responses={
            200: OpenApiResponse(CaseSerializer, description=_("Hồ sơ."), examples=examples.CASE),
            **told.BEHIND_A_KEY,
            **told.UNKNOWN_CASE,
        },
    )
    def get(self, request: Request, code: str) -> Response:
        """The case as its page shows it."""
        case, facts = self.visible_page(code)
        actions.open_case(case, what="case", by=self.actor, at=self.at)
        context = {"actor": self.actor, "at": self.at, "code": case.code, "facts": facts}
        return Response(CaseSerializer(case, context=context).data)


class MovesView(OfficerView):
    """The steps of one case."""

    @extend_schema(
        operation_id="moveCase",
        summary=_("Làm một bước"),
        description=_(
            "Bước, phiên bản đã đọc và điều bước đó cần. Hồ sơ đã thay đổi thì trả 409 kèm các bước mới"
            " trong changes. Gửi lại cùng Idempotency-Key trong 24 giờ thì bước không làm lần nữa."
        ),
        tags=["cases"],
        parameters=[told.CODE, told.IDEMPOTENCY_KEY],
        request=MoveBody,
        examples=examples.MOVE,
        responses={
            200: OpenApiResponse(
                CaseRowSerializer, description=_("Hồ sơ sau bước này."), examples=examples.MOVED
            ),
            **told.WRITING,
            **told.UNKNOWN_CASE,
            **told.STALE,
            **told.BAD_MOVE,
        },
    )
    def post(self, request: Request, code: str) -> Response:
        """Move once."""
        case = self.visible(code)
        actions.open_case(case, what="case", by=self.actor, at=self.at)
        return self.once(request, lambda _key: self._move(request, case))

    def _move(self, request: Request, case: Case) -> Answered:
        body = read(MoveBody, request.data)
        step = choice_of(body)
        self.require(MOVES[step].capability)
        if body["version"] != case.version:
            raise StaleMove(case, body["version"])
        data = dict(typed(body.get("arguments", {}))) | {"version": str(body["version"])}
        arguments = told.arguments_of(form_of_move(step, case, self.at, data))
        try:
            moved = MOVE_ACTIONS[step](case.code, by=self.actor, at=self.at, **arguments)
        except StaleCase as refusal:
            raise StaleMove(self.visible(case.code), body["version"]) from refusal
        return Answered(200, CaseRowSerializer(moved).data)


class DocumentsView(OfficerView):
    """What the office printed."""

    @extend_schema(
        operation_id="listDocuments",
        summary=_("Liệt kê giấy đã lập"),
        description=_("Giấy tiếp nhận và các bản in lại."),
        tags=["cases"],
        parameters=[told.CODE],
        responses={
            200: OpenApiResponse(
                DocumentsSerializer, description=_("Giấy đã lập."), examples=examples.DOCUMENTS
            ),
            **told.BEHIND_A_KEY,
            **told.UNKNOWN_CASE,
        },
    )
    def get(self, request: Request, code: str) -> Response:
        """The printed papers that can be fetched."""
        case = self.visible(code)
        printed = [document for document in case.documents.all() if document.kind in PRINTED]
        return Response(DocumentsSerializer({"results": printed}, context={"code": case.code}).data)


class DocumentView(ContentView):
    """One printed paper."""

    @extend_schema(
        operation_id="getDocument",
        summary=_("Tải một giấy đã lập"),
        description=_("Bản PDF, đúng như đã in. Mỗi lần mở được ghi vào nhật ký xem hồ sơ."),
        tags=["cases"],
        parameters=[told.CODE, told.DOCUMENT_KEY],
        responses={
            (200, "application/pdf"): OpenApiResponse(bytes, description=_("Bản PDF.")),
            **told.BEHIND_A_KEY,
            **told.UNKNOWN_CASE,
        },
    )
    def get(self, request: Request, code: str, key: str) -> Response:
        """The PDF."""
        case = self.visible(code)
        found = next((one for one in case.documents.all() if key_of_document(one) == key), None)
        if found is None or found.kind not in PRINTED:
            raise Http404
        actions.open_case(case, what="receipt", by=self.actor, at=self.at)
        return Response(PRINTED[found.kind](snapshot_of(found)), content_type=PDF)
