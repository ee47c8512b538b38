"""The papers of a case and their files for other systems; the same rights, limits and log as on the pages."""

from typing import Any, Final

from django.http import Http404, QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.exceptions import PermissionDenied
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from cases import actions, cabinet
from cases.actions.answers import Answered
from cases.actions.files import MAY_DIGITISE
from cases.api import case_examples as examples
from cases.api import told
from cases.api.access import OfficerView
from cases.api.bodies import FilesBody, read
from cases.api.case_serializers import AddedSerializer, PapersSerializer
from cases.api.contents import ContentView
from cases.errors import CaseError
from cases.forms.files import ScanForm
from cases.media import SUFFIXES, TIFF
from cases.models import Case, CaseFile, CasePaper
from cases.uploads import DISK_FULL
from procedures.api.problems import checked, refusals_at

AT_FIELDS: Final = {"file_type": "scans", "case_full": "scans", "already_followed": "follows"}


class PapersView(OfficerView):
    """The papers of one case."""

    @extend_schema(
        operation_id="listPapers",
        summary=_("Liệt kê giấy tờ"),
        description=_("Giấy tờ đã nhận và tệp đã số hóa của từng giấy tờ."),
        tags=["cases"],
        parameters=[told.CODE],
        responses={
            200: OpenApiResponse(PapersSerializer, description=_("Giấy tờ."), examples=examples.PAPERS),
            **told.BEHIND_A_KEY,
            **told.UNKNOWN_CASE,
        },
    )
    def get(self, request: Request, code: str) -> Response:
        """Papers with their files."""
        case = self.visible(code)
        actions.open_case(case, what="papers", by=self.actor, at=self.at)
        papers = {"results": case.papers.all()}
        return Response(PapersSerializer(papers, context={"code": case.code}).data)


class PaperFilesView(OfficerView):
    """The files of one paper."""

    parser_classes = (MultiPartParser,)

    @extend_schema(
        operation_id="addFiles",
        summary=_("Thêm tệp quét cho một giấy tờ"),
        description=_(
            "Mỗi lần một hoặc nhiều tệp PDF, JPEG, PNG, TIFF còn nguyên vẹn; loại tệp nhận theo nội dung."
            " Nội dung mà giấy tờ đã có thì không lưu lần nữa. Tệp đã nhận không bị thay, chỉ có bản mới."
            " Gửi lại cùng Idempotency-Key trong 24 giờ thì nhận lại đúng câu trả lời trước."
        ),
        tags=["cases"],
        parameters=[told.CODE, told.PAPER_ID, told.IDEMPOTENCY_KEY],
        request={"multipart/form-data": FilesBody},
        responses={
            201: OpenApiResponse(AddedSerializer, description=_("Tệp mới lưu."), examples=examples.ADDED),
            **told.WRITING,
            **told.UNKNOWN_CASE,
            **told.BAD_FILES,
        },
    )
    def post(self, request: Request, code: str, paper: int) -> Response:
        """Keep files once."""
        case = self.visible(code)
        found = next((one for one in case.papers.all() if one.pk == paper), None)
        if found is None:
            raise Http404
        if not any(self.actor.may(wanted) for wanted in MAY_DIGITISE):
            raise PermissionDenied
        actions.open_case(case, what="papers", by=self.actor, at=self.at)
        return self.once(request, lambda _key: self._add(request, case, found))

    def _add(self, request: Request, case: Case, paper: CasePaper) -> Answered:
        form = _form(paper, read(FilesBody, request.data))
        if form.has_error("scans", DISK_FULL):
            raise CaseError(DISK_FULL, str(told.NO_ROOM_WORDS))
        scans = checked(form)["scans"]
        with refusals_at(AT_FIELDS):
            files = actions.digitise_paper(
                case.code, paper.pk, scans, form.facts(), by=self.actor, at=self.at
            )
        version = Case.objects.visible_to(self.actor).values_list("version", flat=True).get(pk=case.pk)
        added = {"version": version, "added": files}
        return Answered(201, AddedSerializer(added, context={"code": case.code}).data)


class FileView(ContentView):
    """The content of one file."""

    @extend_schema(
        operation_id="getFile",
        summary=_("Tải một tệp"),
        description=_("Nội dung đúng như đã nhận. Mỗi lần mở được ghi vào nhật ký xem hồ sơ."),
        tags=["cases"],
        parameters=[told.CODE, told.FILE_KEY],
        responses={
            **{
                (200, media_type): OpenApiResponse(bytes, description=_("Nội dung của tệp."))
                for media_type in SUFFIXES
            },
            **told.BEHIND_A_KEY,
            **told.UNKNOWN_CASE,
        },
    )
    def get(self, request: Request, code: str, key: str) -> Response:
        """The bytes."""
        visible = CaseFile.objects.visible_to(self.actor).select_related("case")
        found = visible.filter(case__code=code, token=key).first()
        content = cabinet.read_kept(found.stored_as) if found else None
        if found is None or content is None:
            raise Http404
        actions.open_case(found.case, what="file", by=self.actor, at=self.at)
        shown = content_disposition_header(found.media_type == TIFF, found.name) or "inline"
        headers = {"Content-Disposition": shown, "X-Content-Type-Options": "nosniff"}
        return Response(content, content_type=found.media_type, headers=headers)


def _form(paper: CasePaper, body: dict[str, Any]) -> ScanForm:
    """The form of the page; what was not sent, or blank where words are needed, is as the page begins it."""
    data, files = QueryDict(mutable=True), MultiValueDict({"scans": body.pop("scans", [])})
    said = {name: value for name, value in body.items() if value or not ScanForm.base_fields[name].required}
    for name, value in (dict(ScanForm(paper=paper).initial) | said).items():
        data[name] = str(value)
    return ScanForm(data, files, paper=paper)
