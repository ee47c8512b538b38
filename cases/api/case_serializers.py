"""A case as the officer behind a key may read it: the same as on its page, numbers of persons masked."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from cases.api.serializers import OwedSerializer, StateSerializer
from cases.choices import Action, Digitised, PartyKind, PartyRole, State
from cases.forms.fields import PartialDate
from cases.models import Case, CaseEvent, CaseFile, CasePaper, CaseParty, IssuedDocument
from cases.narration import told
from cases.parties import shown_number
from cases.promises import owed, promise_of
from cases.workflow import held_by, offers
from procedures.api.moments import LocalMomentField
from procedures.api.problems import ProblemSerializer
from procedures.api.serializers import CodeAndNameSerializer
from procedures.choices import Channel


class OfficerSerializer(serializers.Serializer[Any]):
    """An officer by key and name."""

    id = serializers.IntegerField(source="pk", help_text=_("Số của cán bộ."))
    name = serializers.CharField(source="full_name", help_text=_("Họ và tên."))


class CaseRowSerializer(serializers.Serializer[Any]):
    """One line of the list."""

    code = serializers.CharField(help_text=_("Mã hồ sơ."))
    version = serializers.IntegerField(help_text=_("Phiên bản; mỗi bước tăng một."))
    state = StateSerializer(source="*")
    procedure = CodeAndNameSerializer()
    principal = serializers.CharField(source="principal_name", help_text=_("Chủ hồ sơ."))
    channel = serializers.ChoiceField(choices=Channel.choices, help_text=_("Cách nộp."))
    received_on = serializers.DateField(help_text=_("Ngày tiếp nhận."))
    due_at = LocalMomentField(help_text=_("Hẹn trả kết quả, luôn ghi +07:00."))
    finished_at = LocalMomentField(allow_null=True, help_text=_("Lúc có kết quả; null khi chưa xong."))
    holder = OfficerSerializer(allow_null=True, help_text=_("Người xử lý; null khi chưa phân."))


class CaseListSerializer(serializers.Serializer[Any]):
    """One page."""

    results = CaseRowSerializer(many=True)
    next = serializers.CharField(allow_null=True, help_text=_("Địa chỉ trang sau; null ở trang cuối."))
    previous = serializers.CharField(allow_null=True, help_text=_("Địa chỉ trang trước; null ở trang đầu."))


class CreatedSerializer(CaseRowSerializer):
    """A case that was just taken in."""

    payable_vnd = serializers.SerializerMethodField(help_text=_("Tổng số tiền phải nộp (đồng)."))
    tracking_url = serializers.SerializerMethodField(help_text=_("Trang tra cứu của người dân."))

    def get_payable_vnd(self, case: Case) -> int:
        """What is owed."""
        return sum(row.payable_vnd for row in case.obligations.all())

    def get_tracking_url(self, case: Case) -> str:
        """The address printed on the receipt."""
        return settings.PUBLIC_URL + reverse("cases:track_token", args=[case.tracking_token])


class PartySerializer(serializers.Serializer[Any]):
    """Somebody in the case."""

    role = serializers.ChoiceField(choices=PartyRole.choices, help_text=_("Vai trò."))
    kind = serializers.ChoiceField(choices=PartyKind.choices, help_text=_("Cá nhân hay tổ chức."))
    name = serializers.CharField(help_text=_("Họ và tên."))
    number = serializers.SerializerMethodField(
        help_text=_("Số giấy tờ; của cá nhân chỉ hiện đầu và cuối."),
    )
    birth = serializers.SerializerMethodField(help_text=_("Ngày sinh dạng 14/03/1985, 03/1985 hoặc 1985."))
    phone = serializers.CharField(help_text=_("Điện thoại."))
    address = serializers.CharField(help_text=_("Nơi ở."))
    mandate = serializers.CharField(help_text=_("Giấy ủy quyền."))

    def get_number(self, party: CaseParty) -> str:
        """As pages show it."""
        return shown_number(party)

    def get_birth(self, party: CaseParty) -> str:
        """As far as it is known."""
        if not party.birth_year:
            return ""
        return str(PartialDate(party.birth_year, party.birth_month, party.birth_day))


class FileSerializer(serializers.Serializer[Any]):
    """One file of a paper."""

    key = serializers.CharField(source="token", help_text=_("Khóa của tệp trong địa chỉ."))
    name = serializers.CharField(help_text=_("Tên tệp."))
    media_type = serializers.CharField(help_text=_("Loại tệp."))
    size = serializers.IntegerField(help_text=_("Dung lượng (byte)."))
    sha256 = serializers.CharField(help_text=_("SHA-256 của nội dung."))
    added_at = LocalMomentField(help_text=_("Lúc lưu."))
    url = serializers.SerializerMethodField(help_text=_("Địa chỉ của nội dung."))

    def get_url(self, file: CaseFile) -> str:
        """Where the content is fetched."""
        return reverse("cases_api:file", args=[self.context["code"], file.token])


class TakenPaperSerializer(serializers.Serializer[Any]):
    """One paper that was taken."""

    id = serializers.IntegerField(source="pk", help_text=_("Số của giấy tờ."))
    name = serializers.CharField(help_text=_("Tên giấy tờ."))
    originals = serializers.IntegerField(help_text=_("Số bản chính."))
    certified_copies = serializers.IntegerField(help_text=_("Số bản sao chứng thực."))
    photocopies = serializers.IntegerField(help_text=_("Số bản photo."))
    note = serializers.CharField(help_text=_("Ghi chú."))
    digitised = serializers.SerializerMethodField(
        help_text=_("0: chưa số hóa; 1: được số hóa; 2: tái sử dụng; 3: tái sử dụng từ kết quả khác.")
    )
    files = FileSerializer(many=True, help_text=_("Tệp của giấy tờ."))

    @extend_schema_field(serializers.IntegerField(min_value=0, max_value=max(Digitised.values)))
    def get_digitised(self, paper: CasePaper) -> int:
        """How far the paper is digitised."""
        return int(paper.digitised)


class DocumentSerializer(serializers.Serializer[Any]):
    """A paper that the office printed."""

    key = serializers.SerializerMethodField(help_text=_("Tên của bản trong địa chỉ."))
    kind = serializers.CharField(help_text=_("Loại giấy."))
    number = serializers.CharField(help_text=_("Số."))
    copy_no = serializers.IntegerField(help_text=_("Lần in."))
    issued_at = LocalMomentField(help_text=_("Lúc lập."))
    url = serializers.SerializerMethodField(help_text=_("Địa chỉ của bản PDF."))

    def get_key(self, document: IssuedDocument) -> str:
        """Kind and number of the copy."""
        return key_of_document(document)

    def get_url(self, document: IssuedDocument) -> str:
        """Where the PDF is fetched."""
        return reverse("cases_api:document", args=[self.context["code"], key_of_document(document)])


class PapersSerializer(serializers.Serializer[Any]):
    """The papers of a case."""

    results = TakenPaperSerializer(many=True)


class AddedSerializer(serializers.Serializer[Any]):
    """What was kept of the files that were sent."""

    version = serializers.IntegerField(help_text=_("Phiên bản của hồ sơ sau khi thêm."))
    added = FileSerializer(many=True, help_text=_("Tệp mới; trống khi giấy tờ đã có đủ."))


class DocumentsSerializer(serializers.Serializer[Any]):
    """The printed papers of a case."""

    results = DocumentSerializer(many=True)


class PromiseSerializer(serializers.Serializer[Any]):
    """By when, and why."""

    due_at = LocalMomentField(help_text=_("Hẹn trả kết quả, luôn ghi +07:00."))
    limit = serializers.CharField(source="limit_text", help_text=_("Thời hạn theo quy định."))
    text = serializers.CharField(source="sentence", help_text=_("Cách tính, kèm căn cứ."))


class SignedResultSerializer(serializers.Serializer[Any]):
    """What the office decided."""

    granted = serializers.BooleanField(help_text=_("Đồng ý giải quyết hay từ chối."))
    number = serializers.CharField(help_text=_("Số kết quả."))
    summary = serializers.CharField(help_text=_("Nội dung."))
    signed_on = serializers.DateField(help_text=_("Ngày ký."))
    signer = OfficerSerializer(help_text=_("Người ký."))
    collector = serializers.CharField(help_text=_("Người nhận kết quả."))


class StepSerializer(serializers.Serializer[Any]):
    """One step of the history."""

    seq = serializers.IntegerField(help_text=_("Thứ tự, từ 1."))
    kind = serializers.CharField(help_text=_("Bước."))
    from_state = serializers.CharField(help_text=_("Từ tình trạng."))
    to_state = serializers.CharField(help_text=_("Sang tình trạng."))
    occurred_at = LocalMomentField(help_text=_("Lúc xảy ra, luôn ghi +07:00."))
    recorded_at = LocalMomentField(help_text=_("Lúc ghi, luôn ghi +07:00."))
    by = serializers.CharField(help_text=_("Người làm."))
    title = serializers.CharField(help_text=_("Chức danh."))
    text = serializers.CharField(help_text=_("Lời kể của bước này."))
    reason = serializers.CharField(help_text=_("Lý do."))


class OfferSerializer(serializers.Serializer[Any]):
    """A move that this officer may make now."""

    action = serializers.ChoiceField(choices=[str(action) for action in Action], help_text=_("Bước."))
    refusal = serializers.CharField(help_text=_("Vì sao lúc này chưa làm được; trống khi làm được."))


class CaseSerializer(CreatedSerializer):
    """Everything of one case. Context: ``actor``, ``at``, ``code`` and ``facts``, what its page tells."""

    summary = serializers.CharField(help_text=_("Nội dung yêu cầu."))
    situation = serializers.CharField(
        source="situation.slug", default=None, allow_null=True, help_text=_("Trường hợp của thủ tục.")
    )
    field_code = serializers.CharField(help_text=_("Lĩnh vực."))
    reception_point = serializers.CharField(source="reception_point.name", help_text=_("Nơi nhận hồ sơ."))
    received_at = LocalMomentField(source="accepted_at", allow_null=True, help_text=_("Lúc tiếp nhận."))
    returned_at = LocalMomentField(allow_null=True, help_text=_("Lúc trả kết quả; null khi chưa trả."))
    delivery = serializers.CharField(help_text=_("Cách nhận kết quả."))
    delivery_address = serializers.CharField(help_text=_("Địa chỉ nhận kết quả."))
    copies = serializers.IntegerField(help_text=_("Số bản."))
    pages = serializers.IntegerField(help_text=_("Số trang mỗi bản."))
    promise = serializers.SerializerMethodField(help_text=_("Lời hẹn và cách tính."))
    fee_lines = serializers.SerializerMethodField(help_text=_("Các khoản thu đã báo khi tiếp nhận."))
    people = PartySerializer(source="parties", many=True, help_text=_("Những người trong hồ sơ."))
    papers = TakenPaperSerializer(many=True, help_text=_("Giấy tờ đã nhận."))
    results = SignedResultSerializer(many=True, help_text=_("Kết quả đã ký."))
    history = serializers.SerializerMethodField(help_text=_("Các bước, bước mới nhất trước."))
    moves = serializers.SerializerMethodField(help_text=_("Các bước mà khóa này làm được."))

    @extend_schema_field(PromiseSerializer)
    def get_promise(self, case: Case) -> Any:
        """The stored promise."""
        promised = promise_of(case, at=self.context["at"], calendar=self.context["facts"].calendar)
        return PROMISE.to_representation(promised)

    @extend_schema_field(OwedSerializer(many=True))
    def get_fee_lines(self, case: Case) -> Any:
        """What was quoted."""
        return FEE_LINES.to_representation(owed(case))

    @extend_schema_field(StepSerializer(many=True))
    def get_history(self, case: Case) -> Any:
        """The newest step first."""
        return steps_of(list(case.events.all()), self.context["facts"].names)

    @extend_schema_field(OfferSerializer(many=True))
    def get_moves(self, case: Case) -> Any:
        """What this officer may do next."""
        actor = self.context["actor"]
        waiting = [draft for draft in case.drafts.all() if not draft.decision]
        own = any(draft.proposed_by_id == actor.officer_id for draft in waiting)
        held = held_by(case.holder_id, actor.officer_id)
        shown = offers(
            State(case.state),
            actor.capabilities,
            is_own_draft=own,
            held=held,
            at_agency=case.competent_agency_id is not None,
        )
        return [{"action": str(offer.action), "refusal": str(offer.refusal)} for offer in shown]


class StaleSerializer(ProblemSerializer):
    """A refusal with what happened meanwhile."""

    version = serializers.IntegerField(help_text=_("Phiên bản hiện nay."))
    changes = StepSerializer(many=True, help_text=_("Các bước từ phiên bản đã gửi."))


def key_of_document(document: IssuedDocument) -> str:
    """Kind and number of the copy, as in receipt-1."""
    return f"{document.kind}-{document.copy_no}"


def steps_of(events: Sequence[CaseEvent], names: Mapping[int, str]) -> Any:
    """Steps in words, the newest first; ``names`` are the officers whom they name by key."""
    newest = sorted(events, key=lambda event: -event.seq)
    words = told(newest, names=names)
    rows = [
        {"by": step.who, "title": step.title, "text": step.what}
        | {name: getattr(event, name) for name in EVENT_PARTS}
        for event, step in zip(newest, words, strict=True)
    ]
    return STEPS.to_representation(rows)


PROMISE, FEE_LINES, STEPS = PromiseSerializer(), OwedSerializer(many=True), StepSerializer(many=True)
"""Made once: they know nothing of a request, and to make one takes longer than to use it."""

EVENT_PARTS = ("seq", "kind", "from_state", "to_state", "occurred_at", "recorded_at", "reason")
