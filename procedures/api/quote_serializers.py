"""Promises and money as machines read them; traces and reasons are worded here."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from procedures.api.moments import LocalMomentField
from procedures.api.serializers import CERTAINTY
from procedures.choices import Certainty, FeeKind, TimeUnit
from procedures.deadlines import TraceStep
from procedures.explanations import explain_limit, explain_reason, explain_step
from procedures.fees import FeeLine
from procedures.quotes import Quote

REFUSALS: Final = {
    "calendar_missing": _("Chưa có lịch làm việc của năm cần tính nên chưa tính được ngày hẹn trả."),
    "no_computable_limit": _("Thủ tục này chưa có thời hạn tính được: cán bộ ghi ngày hẹn trả và lý do."),
}


class TraceStepSerializer(serializers.Serializer[Any]):
    """What one calendar day did to the time limit."""

    code = serializers.ChoiceField(
        choices=[
            ("received", _("ngày nhận đủ hồ sơ")),
            ("counted", _("ngày được tính")),
            ("day_off", _("ngày nghỉ, không tính")),
            ("rolled", _("ngày cuối là ngày nghỉ, chuyển sang ngày làm việc")),
            ("hours", _("khoảng giờ làm việc được tính")),
            ("due", _("hẹn trả")),
        ]
    )
    date = serializers.DateField()
    text = serializers.SerializerMethodField(help_text=_("Lời giải thích, có nêu điều luật."))

    def get_text(self, step: TraceStep) -> str:
        """The step in words."""
        return explain_step(step)


class DeadlineSerializer(serializers.Serializer[Any]):
    """A computed deadline."""

    due_at = LocalMomentField(help_text=_("Thời điểm hẹn trả, luôn ghi +07:00."))
    trace = TraceStepSerializer(many=True, help_text=_("Từng ngày từ lúc nhận đến lúc hẹn trả."))


class LimitSerializer(serializers.Serializer[Any]):
    """The published limit that the promise rests on."""

    amount = serializers.IntegerField(source="limit.amount", allow_null=True)
    unit = serializers.ChoiceField(source="limit.unit", choices=TimeUnit.choices)
    text = serializers.SerializerMethodField(help_text=_("Thời hạn bằng lời."))
    certainty = serializers.ChoiceField(
        source="limit_certainty", choices=Certainty.choices, allow_null=True, help_text=CERTAINTY
    )
    note = serializers.CharField(source="limit_note")

    def get_text(self, quoted: Quote) -> str:
        """The limit as it is published."""
        return explain_limit(quoted.limit)


class FeeLineSerializer(serializers.Serializer[Any]):
    """One fee or charge as this citizen owes it."""

    name = serializers.CharField()
    kind = serializers.ChoiceField(choices=FeeKind.choices)
    base_vnd = serializers.IntegerField(help_text=_("Mức thu trước miễn, giảm (đồng)."))
    payable_vnd = serializers.IntegerField(help_text=_("Số tiền phải nộp (đồng)."))
    reason = serializers.SerializerMethodField(help_text=_("Vì sao, kèm căn cứ."))
    reason_code = serializers.ChoiceField(
        source="reason.code",
        choices=[
            ("charged", _("thu theo mức công bố")),
            ("no_charge", _("không thu")),
            ("exempt", _("được miễn")),
            ("reduced", _("được giảm")),
            ("amount_unknown", _("chưa có mức thu được công bố; số 0 không có nghĩa là miễn phí")),
        ],
    )
    certainty = serializers.ChoiceField(choices=Certainty.choices, help_text=CERTAINTY)

    def get_reason(self, line: FeeLine) -> str:
        """The reason in words."""
        return explain_reason(line.reason)


class RefusalSerializer(serializers.Serializer[Any]):
    """Why no moment can be promised."""

    code = serializers.ChoiceField(choices=list(REFUSALS.items()))
    message = serializers.CharField()


class QuoteSerializer(serializers.Serializer[Any]):
    """The promise and the money for one filing."""

    situation = serializers.CharField(
        source="situation_slug", allow_null=True, help_text=_("Trường hợp đã áp dụng.")
    )
    limit = LimitSerializer(source="*")
    due_at = LocalMomentField(
        source="deadline.due_at",
        read_only=True,
        default=None,
        allow_null=True,
        help_text=_("Thời điểm hẹn trả, luôn ghi +07:00; null khi không tính được, xem due_refusal."),
    )
    due_trace = TraceStepSerializer(
        source="deadline.trace",
        many=True,
        read_only=True,
        default=tuple,
        help_text=_("Từng ngày từ lúc nhận đến lúc hẹn trả; rỗng khi không tính được."),
    )
    due_refusal = serializers.SerializerMethodField(
        help_text=_("Vì sao không tính được ngày hẹn trả; null khi tính được.")
    )
    terms_known = serializers.SerializerMethodField(
        help_text=_("false: chưa nhập thời hạn và mức thu, số tiền 0 không có nghĩa là miễn phí.")
    )
    fee_lines = FeeLineSerializer(source="fees.lines", many=True)
    payable_vnd = serializers.IntegerField(source="fees.payable_vnd", help_text=_("Tổng phải nộp (đồng)."))
    waived_vnd = serializers.IntegerField(
        source="fees.waived_vnd", help_text=_("Tổng được miễn, giảm (đồng).")
    )

    @extend_schema_field(RefusalSerializer(allow_null=True))
    def get_due_refusal(self, quoted: Quote) -> dict[str, str] | None:
        """The rule that stands against a promise, in words."""
        code = quoted.no_deadline_code
        return None if code is None else {"code": code, "message": str(REFUSALS[code])}

    def get_terms_known(self, quoted: Quote) -> bool:
        """Whether limits and amounts of this procedure have been entered."""
        return quoted.limit_certainty is not None
