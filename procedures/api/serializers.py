"""The catalogue as machines read it: every amount and every term with its certainty."""

from collections.abc import Sequence
from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from procedures.choices import (
    Category,
    Certainty,
    Channel,
    FeeAuthority,
    FeeKind,
    FeeUnit,
    OnlineLevel,
    PaperKind,
    ProcedureLevel,
    ResultKind,
    TimeUnit,
)
from procedures.deadlines import TimeLimit, Unit
from procedures.explanations import explain_limit
from procedures.models import ChannelTerms, ProcedureVersion
from procedures.quotes import categories_that_matter

CERTAINTY: Final = _("S: theo nguồn công bố; K, U: số liệu minh họa, cần đối chiếu.")


class SituationSlugField(serializers.CharField):
    """The situation that a line is for; null for all."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            source="situation.slug",
            read_only=True,
            default=None,
            allow_null=True,
            help_text=_("Mã trường hợp; null khi áp dụng cho mọi trường hợp."),
            **kwargs,
        )


class CodeAndNameSerializer(serializers.Serializer[Any]):
    """A sector, a field, a procedure."""

    code = serializers.CharField()
    name = serializers.CharField()


class ProcedureRowSerializer(serializers.Serializer[Any]):
    """One line of the list, from a version in force."""

    code = serializers.CharField(source="procedure.code", help_text=_("Mã thủ tục quốc gia."))
    name = serializers.CharField(help_text=_("Tên thủ tục khi công bố."))
    field = CodeAndNameSerializer(source="procedure.field", help_text=_("Lĩnh vực."))
    level = serializers.ChoiceField(
        source="procedure.level", choices=ProcedureLevel.choices, help_text=_("Cấp thực hiện.")
    )
    online_level = serializers.ChoiceField(choices=OnlineLevel.choices, help_text=_("Mức độ trực tuyến."))
    is_immediate = serializers.BooleanField(help_text=_("Trả kết quả ngay khi nộp."))
    external_system = serializers.BooleanField(
        source="procedure.external_system", help_text=_("Giải quyết trên hệ thống khác, ví dụ của công an.")
    )
    terms_known = serializers.BooleanField(help_text=_("Đã nhập thời hạn, giấy tờ và mức thu."))


class ProcedureListSerializer(serializers.Serializer[Any]):
    """One page of the list."""

    results = ProcedureRowSerializer(many=True)
    next = serializers.CharField(allow_null=True, help_text=_("Đường dẫn đến trang sau; null ở trang cuối."))
    previous = serializers.CharField(
        allow_null=True, help_text=_("Đường dẫn đến trang trước; null ở trang đầu.")
    )


class SituationSerializer(serializers.Serializer[Any]):
    """A situation that the law tells apart."""

    slug = serializers.CharField(help_text=_("Mã dùng cho tham số situation."))
    name = serializers.CharField()


class TermsSerializer(serializers.Serializer[Any]):
    """The time limit of one channel."""

    channel = serializers.ChoiceField(choices=Channel.choices)
    situation = SituationSlugField()
    amount = serializers.IntegerField(allow_null=True)
    amount_max = serializers.IntegerField(
        allow_null=True, help_text=_("Giới hạn trên khi công bố một khoảng; hẹn trả tính theo amount.")
    )
    unit = serializers.ChoiceField(choices=TimeUnit.choices)
    text = serializers.SerializerMethodField(help_text=_("Thời hạn bằng lời."))
    certainty = serializers.ChoiceField(choices=Certainty.choices, help_text=CERTAINTY)
    note = serializers.CharField()

    def get_text(self, terms: ChannelTerms) -> str:
        """The limit as it is published."""
        return explain_limit(TimeLimit(terms.amount, Unit(terms.unit)))


class PaperSerializer(serializers.Serializer[Any]):
    """One line of the list of papers."""

    code = serializers.CharField()
    situation = SituationSlugField()
    name = serializers.CharField()
    kind = serializers.ChoiceField(choices=PaperKind.choices)
    originals = serializers.IntegerField(help_text=_("Số bản chính."))
    copies = serializers.IntegerField(help_text=_("Số bản sao."))
    form_name = serializers.CharField(help_text=_("Tên mẫu đơn, tờ khai."))
    note = serializers.CharField()


class FeeItemSerializer(serializers.Serializer[Any]):
    """One published fee or charge."""

    code = serializers.CharField()
    situation = SituationSlugField()
    name = serializers.CharField()
    kind = serializers.ChoiceField(choices=FeeKind.choices)
    authority = serializers.ChoiceField(choices=FeeAuthority.choices)
    amount_vnd = serializers.IntegerField(
        allow_null=True, help_text=_("Đồng; null khi chưa có mức thu được công bố.")
    )
    unit = serializers.ChoiceField(choices=FeeUnit.choices)
    tiers = serializers.ListField(
        child=serializers.ListField(child=serializers.IntegerField(), min_length=2, max_length=2),
        help_text=_("Các bậc [từ trang, đồng mỗi trang]."),
    )
    cap_vnd = serializers.IntegerField(allow_null=True, help_text=_("Mức thu tối đa mỗi bản."))
    certainty = serializers.ChoiceField(choices=Certainty.choices, help_text=CERTAINTY)
    basis = serializers.CharField(help_text=_("Căn cứ thu."))
    channels = serializers.ListField(
        child=serializers.ChoiceField(choices=Channel.choices),
        help_text=_("Chỉ thu khi nộp theo các hình thức này; rỗng là mọi hình thức."),
    )


class LegalBasisSerializer(serializers.Serializer[Any]):
    """An act that the version rests on."""

    number = serializers.CharField()
    name = serializers.CharField()


class ResultSerializer(serializers.Serializer[Any]):
    """What the citizen takes home."""

    name = serializers.CharField(source="result_name")
    kind = serializers.ChoiceField(source="result_kind", choices=ResultKind.choices)


class ProcedureDetailSerializer(ProcedureRowSerializer):
    """Everything that a version publishes."""

    sector = CodeAndNameSerializer(source="procedure.field.sector", help_text=_("Ngành."))
    agency = serializers.CharField(source="procedure.agency", help_text=_("Cơ quan giải quyết."))
    is_listed = serializers.BooleanField(source="procedure.is_listed", help_text=_("Đang niêm yết."))
    superseded_by = serializers.CharField(
        source="procedure.superseded_by.code",
        read_only=True,
        default=None,
        allow_null=True,
        help_text=_("Mã thủ tục thay thế, nếu có."),
    )
    certainty = serializers.ChoiceField(
        source="procedure.certainty", choices=Certainty.choices, help_text=CERTAINTY
    )
    online_level_certainty = serializers.ChoiceField(choices=Certainty.choices, help_text=CERTAINTY)
    decision_number = serializers.CharField(help_text=_("Số quyết định công bố."))
    valid_from = serializers.DateField(help_text=_("Có hiệu lực từ ngày."))
    valid_to = serializers.DateField(allow_null=True, help_text=_("Ngày cuối có hiệu lực; null khi còn mở."))
    result = ResultSerializer(source="*")
    conditions = serializers.CharField(help_text=_("Yêu cầu, điều kiện."))
    situations = SituationSerializer(source="situations.all", many=True)
    terms = TermsSerializer(source="terms.all", many=True)
    papers = PaperSerializer(source="papers.all", many=True)
    fees = FeeItemSerializer(source="fee_items.all", many=True)
    no_fee_certainty = serializers.ChoiceField(
        choices=Certainty.choices,
        allow_blank=True,
        help_text=_("Độ tin cậy của việc không thu; rỗng khi có khoản thu hoặc chưa biết."),
    )
    categories = serializers.SerializerMethodField(
        help_text=_("Nhóm đối tượng được miễn, giảm; dùng cho tham số category.")
    )
    legal_bases = LegalBasisSerializer(source="legal_bases.all", many=True)

    @extend_schema_field(serializers.ListField(child=serializers.ChoiceField(choices=Category.choices)))
    def get_categories(self, version: ProcedureVersion) -> Sequence[str]:
        """The groups that some rule names on the day that the caller asks."""
        return categories_that_matter(version, self.context["day"])
