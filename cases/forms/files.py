"""What an officer sends with the scans of one paper, and which file of an earlier case is used again."""

from pathlib import PurePath
from typing import Any, BinaryIO, cast

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cases.actions.files import PaperFacts, Scan
from cases.choices import Digitised
from cases.forms.fields import DayField, OneOfField, TextField
from cases.media import SUFFIXES
from cases.models import CaseFile, CasePaper
from cases.uploads import DISK_FULL, TOO_LARGE, OfficeUpload
from staff.text import clean_text

MOST_AT_ONCE = 20
LONGEST_NAME = 100
ACCEPTED = ",".join([*SUFFIXES, *SUFFIXES.values(), ".jpeg", ".tiff"])
EVERYWHERE = _("Toàn quốc")


class ManyFilesInput(forms.ClearableFileInput):
    """A field that takes several files."""

    allow_multiple_selected = True


class ScansField(forms.FileField):
    """One or more scans within the limits of the office; what they are is told by their content later."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"class": "in", "multiple": True, "accept": ACCEPTED}
        super().__init__(widget=ManyFilesInput(attrs=attrs), **kwargs)
        self.error_messages |= {
            "required": _("Ông bà chọn tệp quét của giấy tờ này."),
            "invalid": _("Ông bà chọn lại tệp."),
        }

    def clean(self, value: Any, initial: Any = None) -> list[Scan]:
        """All files, or the first reason why one cannot be taken."""
        sent = value if isinstance(value, list | tuple) else [value] if value else []
        if not sent:
            raise ValidationError(self.error_messages["required"], code="required")
        if not all(isinstance(one, OfficeUpload) for one in sent):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        if len(sent) > MOST_AT_ONCE:
            message = _("Mỗi lần gửi nhiều nhất %(most)s tệp.")
            raise ValidationError(message, code="too_many", params={"most": MOST_AT_ONCE})
        return [_scan(one) for one in sent]


def _scan(upload: OfficeUpload) -> Scan:
    shown = clean_name(upload.name or "")
    if upload.refusal == TOO_LARGE:
        message = _("Tệp “%(name)s” quá lớn: mỗi tệp nhiều nhất %(limit)s MB.")
        params = {"name": shown, "limit": settings.FILE_MOST_BYTES // 1024**2}
        raise ValidationError(message, code=TOO_LARGE, params=params)
    if upload.refusal == DISK_FULL or upload.file is None:
        message = _("Máy chủ không nhận được tệp vì hết chỗ. Tệp chưa được lưu; ông bà báo người quản trị.")
        raise ValidationError(message, code=DISK_FULL)
    if not upload.size:
        message = _("Tệp “%(name)s” không có nội dung. Ông bà quét lại.")
        raise ValidationError(message, code="empty", params={"name": shown})
    return Scan(cast("BinaryIO", upload.file), shown)


def clean_name(name: str) -> str:
    """The name of a file as it is kept and shown: no path, nothing invisible, not endless, no suffix."""
    last = name.replace("\0", "").replace("\\", "/").rpartition("/")[2]
    stem = PurePath(clean_text(last)).stem if last.strip(". ") else ""
    return stem.translate(dict.fromkeys(map(ord, '<>:"|?*;%'), "_"))[:LONGEST_NAME].strip(" .")


class ScanForm(forms.Form):
    """The files of one paper with what the law asks to be known of them; begun with what the case knows."""

    scans = ScansField(label=_("Tệp quét (PDF, ảnh)"))
    summary = TextField(label=_("Trích yếu"), max_length=300)
    valid_until = DayField(
        label=_("Có hiệu lực đến"),
        required=False,
        input_formats=["%d/%m/%Y", "%d%m%Y", "%d-%m-%Y", "%Y-%m-%d"],
        help_text=_("Để trống nếu không có thời hạn."),
        widget=forms.DateInput(
            format="%d/%m/%Y", attrs={"class": "in", "autocomplete": "off", "inputmode": "numeric"}
        ),
        error_messages={"invalid": _("Nhập ngày dạng 31/12/2030, hoặc để trống.")},
    )
    scope = TextField(label=_("Phạm vi hiệu lực"), max_length=120, required=False)
    kind_code = TextField(label=_("Mã loại giấy tờ"), max_length=50, required=False)
    follows = OneOfField(label=_("Là bản mới của"), choices=(), required=False)

    def __init__(self, *args: Any, paper: CasePaper, **kwargs: Any) -> None:
        required = paper.required_paper
        begun = {
            "summary": paper.name[:300],
            "scope": EVERYWHERE,
            "kind_code": required.code if required is not None else "",
        }
        kwargs |= {"auto_id": f"id_{paper.pk}_%s", "initial": begun}
        super().__init__(*args, **kwargs)
        self.paper = paper
        named = [(file.token, file.name) for file in _current_files(paper)]
        self.fields["follows"].choices = [("", _("Không, tệp thêm")), *named]  # type: ignore[attr-defined]
        if not named:
            self.fields["follows"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        """One file is followed by one file."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("follows") and len(data.get("scans", ())) > 1:
            self.add_error("scans", _("Bản mới thay một tệp: ông bà chọn đúng một tệp."))
        return data

    def facts(self) -> PaperFacts:
        """What was typed, as the action takes it."""
        data = {name: value for name, value in self.cleaned_data.items() if name != "scans"}
        return PaperFacts(**data)


def _current_files(paper: CasePaper) -> list[CaseFile]:
    """The files of a paper that no newer one has followed."""
    files = list(paper.files.all())
    followed = {file.follows_id for file in files}
    return [file for file in files if file.pk not in followed]


class ReuseForm(forms.Form):
    """A file of an earlier case for a paper of this one; only with the consent of the person."""

    file = OneOfField(label=_("Tệp của hồ sơ trước"), choices=())
    paper = OneOfField(label=_("Dùng cho giấy tờ"), choices=())
    origin = OneOfField(
        label=_("Tệp này là"),
        choices=[
            (str(int(Digitised.REUSED)), _("giấy tờ đã nộp ở hồ sơ trước")),
            (str(int(Digitised.REUSED_RESULT)), _("kết quả của hồ sơ trước")),
        ],
    )
    consent = forms.BooleanField(
        label=_("Chủ hồ sơ đồng ý dùng lại tệp này"),
        error_messages={"required": _("Chỉ dùng lại khi chủ hồ sơ đồng ý.")},
    )

    def __init__(self, *args: Any, files: list[CaseFile], papers: list[CasePaper], **kwargs: Any) -> None:
        super().__init__(*args, **(kwargs | {"auto_id": "id_reuse_%s"}))
        named = [(file.token, f"{file.summary} – {file.name} – {file.case.code}") for file in files]
        self.fields["file"].choices = named  # type: ignore[attr-defined]
        self.fields["paper"].choices = [(str(paper.pk), paper.name) for paper in papers]  # type: ignore[attr-defined]
