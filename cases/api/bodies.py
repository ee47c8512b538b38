"""What other systems send: checked for its shape here, for its sense by the forms of the pages."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ValidationError

from cases.choices import Action, Delivery
from cases.forms.moves import FORMS
from procedures.api.problems import readable
from procedures.api.query_fields import MOMENT
from procedures.choices import Category, Channel

BIRTH: Final = r"[12][0-9]{3}(-[0-9]{2}(-[0-9]{2})?)?"
WORDS: Final[Mapping[str, Any]] = {
    "required": _("Cần có trường này."),
    "null": _("Trường này không được là null."),
    "blank": _("Trường này không được để trống."),
    "empty": _("Danh sách này không được để trống."),
    "invalid": _("Giá trị không đúng dạng."),
    "invalid_choice": _("Giá trị không có trong danh sách."),
    "max_length": _("Nội dung dài quá giới hạn."),
    "min_value": _("Số nhỏ quá giới hạn."),
    "max_value": _("Số lớn quá giới hạn."),
    "max_string_length": _("Số lớn quá giới hạn."),
    "not_a_list": _("Trường này phải là một danh sách."),
    "null_characters_not_allowed": _("Nội dung có ký tự không dùng được."),
    "surrogate_characters_not_allowed": _("Nội dung có ký tự không dùng được."),
    "unknown_field": _("Không có trường này."),
}


class Body(serializers.Serializer[Any]):
    """A part of a request; a field that nobody knows is refused rather than overlooked."""

    def to_internal_value(self, data: Any) -> Any:
        """What was sent, by field."""
        unknown = set(data) - set(self.fields) if isinstance(data, Mapping) else set()
        if unknown:
            detail = ErrorDetail(str(WORDS["unknown_field"]), code="unknown_field")
            raise ValidationError({readable(name): [detail] for name in sorted(unknown)})
        return super().to_internal_value(data)


def _text(most: int, words: Any = "", **more: Any) -> serializers.CharField:
    usual = {"required": False, "allow_blank": True}
    return serializers.CharField(max_length=most, help_text=words, **usual | more)


def _count(words: Any) -> serializers.IntegerField:
    return serializers.IntegerField(required=False, min_value=0, max_value=5000, help_text=words)


class PersonBody(Body):
    """Somebody in the case."""

    name = _text(200, _("Họ và tên, hoặc tên tổ chức."), required=True, allow_blank=False)
    number = _text(30, _("Số định danh, số hộ chiếu hoặc mã số thuế."))
    id_kind = serializers.ChoiceField(
        choices=["", "passport", "tax_code"],
        required=False,
        help_text=_("Bỏ trống: hệ thống tự nhận theo số."),
    )
    phone = _text(30, _("Điện thoại."))


class PrincipalBody(PersonBody):
    """Who asks."""

    birth = serializers.RegexField(
        f"^{BIRTH}$", required=False, help_text=_("Ngày sinh: 1985-03-14, 1985-03 hoặc 1985.")
    )
    address = _text(300, _("Nơi ở."))
    nationality = _text(60, _("Quốc tịch, khi dùng hộ chiếu."))


class FilerBody(PersonBody):
    """Who files for somebody else."""

    mandate = _text(300, _("Giấy ủy quyền."))
    is_representative = serializers.BooleanField(
        required=False, help_text=_("Là người đại diện theo pháp luật.")
    )


class ContactBody(Body):
    """Who is called instead."""

    name = _text(200, _("Họ và tên."), required=True, allow_blank=False)
    phone = _text(30, _("Điện thoại."), required=True, allow_blank=False)
    relation = _text(120, _("Quan hệ với chủ hồ sơ."))


class HelperBody(Body):
    """Who helped to fill in."""

    name = _text(200, _("Họ và tên."), required=True, allow_blank=False)
    organisation = _text(120, _("Đơn vị, tổ công nghệ số."))


class PaperBody(Body):
    """One paper that was taken."""

    code = _text(100, _("Mã giấy tờ trong danh mục thủ tục."), required=True, allow_blank=False)
    originals = _count(_("Số bản chính."))
    certified_copies = _count(_("Số bản sao chứng thực."))
    photocopies = _count(_("Số bản photo."))


class LateBody(Body):
    """That the request was received earlier than it is sent."""

    received_at = serializers.RegexField(f"^{MOMENT}$", help_text=_("Lúc nhận thực tế."))
    reason = _text(300, _("Lý do nhập sau."), required=True, allow_blank=False)


class IntakeBody(Body):
    """One case to be registered."""

    procedure = _text(200, _("Mã thủ tục quốc gia."), required=True, allow_blank=False)
    situation = _text(100, _("Mã trường hợp của thủ tục."))
    channel = serializers.ChoiceField(choices=Channel.choices, required=False, help_text=_("Cách nộp."))
    category = serializers.ChoiceField(
        choices=Category.choices, required=False, help_text=_("Nhóm được miễn, giảm.")
    )
    copies = serializers.IntegerField(required=False, min_value=1, max_value=500, help_text=_("Số bản."))
    pages = serializers.IntegerField(
        required=False, min_value=1, max_value=5000, help_text=_("Số trang mỗi bản.")
    )
    delivery = serializers.ChoiceField(
        choices=Delivery.choices, required=False, help_text=_("Cách nhận kết quả.")
    )
    delivery_address = _text(300, _("Địa chỉ nhận kết quả."))
    due_on = serializers.RegexField(
        r"^20[0-9]{2}-[0-9]{2}-[0-9]{2}$",
        required=False,
        help_text=_("Ngày hẹn trả, khi thủ tục chưa có thời hạn tính được."),
    )
    due_reason = _text(300, _("Lý do hẹn ngày này."))
    principal = PrincipalBody(help_text=_("Chủ hồ sơ."))
    second_principal = PrincipalBody(required=False, help_text=_("Bên kia, khi thủ tục có hai chủ hồ sơ."))
    filer = FilerBody(required=False, help_text=_("Người nộp, khi nộp thay chủ hồ sơ."))
    contact = ContactBody(required=False, help_text=_("Người liên lạc."))
    helper = HelperBody(required=False, help_text=_("Người hỗ trợ."))
    papers = PaperBody(many=True, required=False, help_text=_("Giấy tờ đã nhận."))
    papers_in_database = serializers.BooleanField(
        required=False, help_text=_("Giấy tờ còn lại đã có trong cơ sở dữ liệu, không thu.")
    )
    slip = _text(20, _("Số phiếu hướng dẫn đã cấp trước, dạng 2026-7."))
    another_request = _text(
        500, _("Mã các hồ sơ đang mở cùng thủ tục mà yêu cầu này khác với, cách nhau bằng dấu cách.")
    )
    late = LateBody(required=False, help_text=_("Hồ sơ đã nhận từ trước."))


class ArgumentsBody(Body):
    """What a move asks; each move asks for some of these only."""

    holder = serializers.IntegerField(
        required=False,
        allow_null=True,
        min_value=1,
        max_value=2**31 - 1,
        help_text=_("forward, hand_on, assign: số của công chức nhận."),
    )
    granted = serializers.BooleanField(
        required=False, help_text=_("submit, agency_result: đồng ý giải quyết hay từ chối.")
    )
    body = _text(1000, _("submit, agency_result: nội dung kết quả."))
    number = _text(60, _("approve, agency_result: số kết quả."))
    signed_on = serializers.RegexField(
        r"^20[0-9]{2}-[0-9]{2}-[0-9]{2}$", required=False, help_text=_("agency_result: ngày ký.")
    )
    signer = _text(200, _("agency_result: người ký."))
    remark = _text(500, _("approve: ý kiến."))
    reason = _text(500, _("send_back, withdraw: lý do."))
    collector = _text(200, _("hand_over: người nhận kết quả, khi không phải chủ hồ sơ."))


class MoveBody(Body):
    """One step of a case."""

    action = serializers.ChoiceField(
        choices=[(str(action), str(action)) for action in FORMS], help_text=_("Bước.")
    )
    version = serializers.IntegerField(
        min_value=1, max_value=2**31 - 1, help_text=_("Phiên bản hồ sơ mà phần mềm đã đọc.")
    )
    arguments = ArgumentsBody(required=False, help_text=_("Điều mà bước này cần."))


class FilesBody(Body):
    """Scans of one paper; what they are is told by their content."""

    scans = serializers.ListField(
        child=serializers.FileField(allow_empty_file=True),
        help_text=_("Tệp quét của giấy tờ, tối đa 20 tệp."),
    )
    summary = _text(300, _("Trích yếu; bỏ trống thì lấy tên giấy tờ."))
    valid_until = serializers.RegexField(
        r"^20[0-9]{2}-[0-9]{2}-[0-9]{2}$", required=False, help_text=_("Có hiệu lực đến.")
    )
    scope = _text(120, _("Phạm vi hiệu lực."))
    kind_code = _text(50, _("Mã loại giấy tờ."))
    follows = _text(40, _("Khóa của tệp mà tệp này là bản mới."))


def read(kind: type[Body], data: Any) -> dict[str, Any]:
    """What was sent, in its shape.

    Raises:
        ValidationError: every field that cannot be read, worded by the office.
    """
    body = kind(data=data)
    if not body.is_valid():
        raise ValidationError(_worded(body.errors))
    return dict(body.validated_data)


def choice_of(data: Mapping[str, Any]) -> Action:
    """The step that was named."""
    return Action(data["action"])


def told(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What a move was sent with, as its form reads it."""
    for name, value in data.items():
        if isinstance(value, bool):
            yield name, "yes" if value else "no"
        else:
            yield name, "" if value is None else str(value)


def _worded(detail: Any) -> Any:
    if isinstance(detail, Mapping):
        return {readable(name): _worded(inner) for name, inner in detail.items()}
    if isinstance(detail, list):
        return [_worded(inner) for inner in detail]
    return ErrorDetail(str(WORDS.get(detail.code, detail)), code=detail.code)
