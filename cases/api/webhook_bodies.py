"""What is sent to have another system told, and how such a system is shown."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.exceptions import ValidationError

from cases.api.bodies import Body
from cases.choices import Action, OutboxStatus, WebhookPause
from cases.models import Webhook
from cases.notices.webhooks.deliveries import EVENT, Told, event_read, event_words
from cases.notices.webhooks.targets import MOST_LETTERS
from procedures.api.moments import LocalMomentField
from procedures.api.query_fields import MOMENT

KINDS: Final = [(str(action), action.label) for action in Action]


class WebhookBody(Body):
    """A receiver of events."""

    url = serializers.CharField(
        max_length=MOST_LETTERS, help_text=_("Địa chỉ https:// nhận tin; không nằm trong mạng nội bộ.")
    )
    kinds = serializers.ListField(
        child=serializers.ChoiceField(choices=KINDS),
        required=False,
        max_length=len(KINDS),
        help_text=_("Các bước được báo; bỏ trống là mọi bước."),
    )


class WebhookChangeBody(Body):
    """What is changed of it; what is not named stays."""

    url = serializers.CharField(max_length=MOST_LETTERS, required=False, help_text=_("Địa chỉ mới."))
    kinds = serializers.ListField(
        child=serializers.ChoiceField(choices=KINDS),
        required=False,
        max_length=len(KINDS),
        help_text=_("Các bước được báo; danh sách trống là mọi bước."),
    )
    is_active = serializers.BooleanField(required=False, help_text=_("false: tạm dừng; true: báo lại."))


class ReplayBody(Body):
    """One event, or all since a moment."""

    event = serializers.RegexField(
        f"^{EVENT}$", required=False, help_text=_("Một bước: mã hồ sơ, dấu / và số thứ tự của bước.")
    )
    since = serializers.RegexField(
        f"^{MOMENT}$", required=False, help_text=_("Mọi bước được ghi từ lúc này, trong 31 ngày gần đây.")
    )
    after = serializers.RegexField(
        f"^{EVENT}$", required=False, help_text=_("Đi tiếp sau bước này; lấy từ câu trả lời trước.")
    )

    def validate(self, attrs: Any) -> Any:
        """Either an event or a moment."""
        if ("event" in attrs) == ("since" in attrs) or ("after" in attrs and "since" not in attrs):
            raise ValidationError(_("Ghi event, hoặc since và after."), code="event_or_since")
        return attrs


class WebhookSerializer(serializers.Serializer[Any]):
    """A receiver of events."""

    id = serializers.CharField(source="key", help_text=_("Mã của nơi nhận tin."))
    url = serializers.CharField(help_text=_("Địa chỉ nhận tin."))
    kinds = serializers.ListField(
        child=serializers.ChoiceField(choices=KINDS), help_text=_("Các bước được báo; trống là mọi bước.")
    )
    is_active = serializers.SerializerMethodField(help_text=_("Có đang được báo không."))
    paused = serializers.ChoiceField(
        choices=WebhookPause.choices, allow_blank=True, help_text=_("Vì sao tạm dừng; trống khi đang báo.")
    )
    closed_until = LocalMomentField(
        allow_null=True,
        help_text=_("Nơi nhận im lặng, chưa thử lại trước lúc này; null khi gửi bình thường."),
    )
    previous_until = LocalMomentField(
        allow_null=True, help_text=_("Khóa ký trước còn ký cùng đến lúc này; null khi chưa đổi khóa.")
    )
    created_at = LocalMomentField(help_text=_("Lập lúc."))
    created_by = serializers.CharField(source="created_by.full_name", help_text=_("Người lập."))

    def get_is_active(self, webhook: Webhook) -> bool:
        """Whether it is told."""
        return not webhook.paused


class WebhookSecretSerializer(WebhookSerializer):
    """A receiver with its new secret."""

    secret = serializers.SerializerMethodField(
        help_text=_("Khóa ký, chỉ trả một lần này. Phần mềm nhận dùng nó để kiểm tra chữ ký.")
    )

    def get_secret(self, _webhook: Webhook) -> str:
        """The secret, which nothing else tells."""
        return str(self.context["secret"])


class WebhookListSerializer(serializers.Serializer[Any]):
    """All receivers of this membership: at most twenty, so that there is one page."""

    results = WebhookSerializer(many=True)
    next = serializers.CharField(allow_null=True, help_text=_("Luôn là null: nhiều nhất 20 nơi nhận tin."))
    previous = serializers.CharField(allow_null=True, help_text=_("Luôn là null."))


class DeliverySerializer(serializers.Serializer[Any]):
    """What became of one message."""

    event = serializers.SerializerMethodField(help_text=_("Bước đã báo: mã hồ sơ, dấu / và số thứ tự."))
    webhook_id = serializers.CharField(source="id", help_text=_("Giá trị của tiêu đề webhook-id."))
    kind = serializers.ChoiceField(source="message.kind", choices=KINDS, help_text=_("Bước."))
    status = serializers.ChoiceField(
        source="message.status", choices=OutboxStatus.choices, help_text=_("Tình trạng.")
    )
    reason = serializers.CharField(
        source="message.last_error", help_text=_("Lý do gần nhất, dùng cho máy; trống khi không có.")
    )
    text = serializers.CharField(source="reason", help_text=_("Lý do bằng lời."))
    attempts = serializers.IntegerField(source="message.attempts", help_text=_("Số lần gửi."))
    next_try_at = LocalMomentField(source="message.next_try_at", help_text=_("Gửi lại lúc, khi còn chờ."))
    created_at = LocalMomentField(source="message.created_at", help_text=_("Lập lúc."))
    sent_at = LocalMomentField(
        source="message.sent_at", allow_null=True, help_text=_("Nơi nhận đã nhận lúc; null khi chưa nhận.")
    )

    def get_event(self, told: Told) -> str:
        """As a replay names it."""
        return event_words(told.code, told.seq)


class DeliveryListSerializer(serializers.Serializer[Any]):
    """One page."""

    results = DeliverySerializer(many=True)
    next = serializers.CharField(allow_null=True, help_text=_("Địa chỉ trang sau; null ở trang cuối."))
    previous = serializers.CharField(allow_null=True, help_text=_("Luôn là null: mở lại từ trang đầu."))


class ReplayedSerializer(serializers.Serializer[Any]):
    """How many are told again."""

    queued = serializers.IntegerField(help_text=_("Số bước sẽ gửi lại; mỗi lần nhiều nhất 500."))
    after = serializers.CharField(
        allow_null=True, help_text=_("Còn bước nữa thì gọi lại với after này; null khi đã hết.")
    )


def event_of(body: Mapping[str, Any], name: str) -> tuple[str, int] | None:
    """The event under this name; None where there is none."""
    return event_read(body[name]) if name in body else None
