"""A case as the citizen who knows its four digits may read it: names masked, nothing of the office inside."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from cases.choices import NATIONAL_CODES, State
from cases.models import Case
from cases.parties import shown_principals
from cases.promises import owed
from cases.way import WayStep, told, way
from procedures.api.moments import LocalMomentField
from procedures.api.serializers import CodeAndNameSerializer

STATUS_OF_CSS: Final = {"did": "done", "now": "current", "": "ahead"}


class StateSerializer(serializers.Serializer[Any]):
    """Where the case stands."""

    code = serializers.ChoiceField(source="state", choices=State.choices)
    national_code = serializers.SerializerMethodField(
        help_text=_("Mã trạng thái hồ sơ của Cổng Dịch vụ công quốc gia.")
    )
    label = serializers.CharField(source="state_words")  # type: ignore[assignment]  # a field of the answer

    def get_national_code(self, case: Case) -> int:
        """The code of the national portal."""
        return NATIONAL_CODES[State(case.state)]


class PlaceSerializer(serializers.Serializer[Any]):
    """Where the case was taken in and its result waits."""

    commune = serializers.CharField(source="result_point.commune.name")
    reception_point = serializers.CharField(source="result_point.name")
    address = serializers.CharField(source="result_point.address")


class WayStepSerializer(serializers.Serializer[Any]):
    """One arch of the way."""

    title = serializers.CharField()
    status = serializers.SerializerMethodField(
        help_text=_("done: đã xong; current: đang làm; ahead: chưa đến.")
    )
    at = LocalMomentField(allow_null=True, help_text=_("Lúc xong bước này, luôn ghi +07:00."))

    @extend_schema_field(serializers.ChoiceField(choices=sorted(STATUS_OF_CSS.values())))
    def get_status(self, step: WayStep) -> str:
        """Whether the step lies behind, here or ahead."""
        return STATUS_OF_CSS[step.css]


class OwedSerializer(serializers.Serializer[Any]):
    """A fee as it was quoted at reception."""

    name = serializers.CharField()
    base_vnd = serializers.IntegerField(help_text=_("Mức thu trước miễn, giảm (đồng)."))
    payable_vnd = serializers.IntegerField(help_text=_("Số tiền phải nộp (đồng)."))
    reason = serializers.CharField(source="why", help_text=_("Vì sao, kèm căn cứ."))


class AdviceSerializer(serializers.Serializer[Any]):
    """What the citizen is told first."""

    headline = serializers.CharField()
    text = serializers.CharField(source="advice")
    must_act = serializers.BooleanField(help_text=_("Người dân phải làm gì đó hay chỉ chờ."))


class TrackSerializer(serializers.Serializer[Any]):
    """The answer to the right digits."""

    code = serializers.CharField(help_text=_("Mã hồ sơ."))
    state = StateSerializer(source="*")
    received_at = LocalMomentField(
        source="accepted_at", allow_null=True, help_text=_("Lúc tiếp nhận; null khi chưa tiếp nhận.")
    )
    due_at = LocalMomentField(help_text=_("Hẹn trả kết quả, luôn ghi +07:00."))
    finished_at = LocalMomentField(allow_null=True, help_text=_("Lúc có kết quả; null khi chưa xong."))
    returned_at = LocalMomentField(allow_null=True, help_text=_("Lúc trả kết quả; null khi chưa trả."))
    place = PlaceSerializer(source="*")
    procedure = CodeAndNameSerializer()
    principal = serializers.SerializerMethodField(help_text=_("Chủ hồ sơ, chỉ ghi chữ cái đầu."))
    way = serializers.SerializerMethodField(help_text=_("Bốn chặng từ tiếp nhận đến trả kết quả."))
    fee_lines = serializers.SerializerMethodField(help_text=_("Các khoản thu đã báo khi tiếp nhận."))
    advice = serializers.SerializerMethodField(help_text=_("Việc người dân cần làm lúc này."))

    def get_principal(self, case: Case) -> str:
        """The initials of each principal; an organisation is named."""
        return shown_principals(case)

    @extend_schema_field(WayStepSerializer(many=True))
    def get_way(self, case: Case) -> Any:
        """The four arches with the moments at which they were passed."""
        moments = {event.kind: event.occurred_at for event in case.events.all()}
        return WayStepSerializer(way(case.state, moments), many=True).data

    @extend_schema_field(OwedSerializer(many=True))
    def get_fee_lines(self, case: Case) -> Any:
        """What is owed; the digits have proved who asks, so that a group may be named."""
        return OwedSerializer(owed(case, name_group=True), many=True).data

    @extend_schema_field(AdviceSerializer)
    def get_advice(self, case: Case) -> Any:
        """What the tracking page says first."""
        return AdviceSerializer(told(case.state, is_voided=case.voided_at is not None)).data
