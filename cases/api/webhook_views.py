"""Other systems that are told of the steps of cases, as one membership manages them."""

from datetime import datetime
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError as FormError
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from cases import actions
from cases.actions.answers import Answered
from cases.actions.webhooks import Replayed
from cases.api import told
from cases.api import webhook_examples as examples
from cases.api.access import OfficerView
from cases.api.bodies import WORDS, read
from cases.api.case_listing import NO_SUCH_PAGE
from cases.api.webhook_bodies import (
    DeliveryListSerializer,
    ReplayBody,
    ReplayedSerializer,
    WebhookBody,
    WebhookChangeBody,
    WebhookListSerializer,
    WebhookSecretSerializer,
    WebhookSerializer,
    event_of,
)
from cases.models import Webhook
from cases.notices.webhooks.deliveries import event_read, event_words, page_told
from procedures.api.problems import documented, invalid, query_of, refusals_at
from procedures.api.query_fields import QueryMomentField, QueryTextField
from procedures.api.schema import parameters_of

KEY: Final = OpenApiParameter(
    "key",
    type=str,
    location=OpenApiParameter.PATH,
    description=_("Mã của nơi nhận tin."),
    examples=[OpenApiExample("webhook key", value="8f2c1d0a9b7e4c35")],
)
URL_WORDS: Final = _("Địa chỉ phải bắt đầu bằng https:// và không nằm trong mạng nội bộ.")
UNKNOWN: Final = documented(
    404, title=_("Không tìm thấy"), code="not_found", detail=_("Không tìm thấy dữ liệu được yêu cầu.")
)
REFUSED_AT: Final = {
    "webhook_url": "url",
    "event_unknown": "event",
    "after_unknown": "after",
    "replay_too_old": "since",
    "webhook_paused": "non_field_errors",
    "too_many_webhooks": "non_field_errors",
}


class DeliveryListForm(forms.Form):
    """Which page is asked for."""

    after = QueryTextField(help_text=_("Khóa trang; lấy từ liên kết next."), max_length=60)


class WebhookView(OfficerView):
    """What the addresses of one receiver have in common."""

    def mine(self, key: str) -> Webhook:
        """A receiver of this membership; one of another does not exist."""
        found = Webhook.objects.of(self.actor).select_related("created_by").filter(key=key).first()
        if found is None:
            raise Http404
        return found


class WebhooksView(OfficerView):
    """The list, and one more."""

    @extend_schema(
        operation_id="listWebhooks",
        summary=_("Liệt kê nơi nhận tin"),
        description=_("Các phần mềm được báo từng bước của hồ sơ, theo nơi làm việc của khóa."),
        tags=["webhooks"],
        responses={
            200: OpenApiResponse(
                WebhookListSerializer, description=_("Các nơi nhận tin."), examples=examples.LIST
            ),
            **told.BEHIND_A_KEY,
        },
    )
    def get(self, _request: Request) -> Response:
        """All of them."""
        mine = Webhook.objects.of(self.actor).select_related("created_by")
        return Response(WebhookListSerializer({"results": mine, "next": None, "previous": None}).data)

    @extend_schema(
        operation_id="createWebhook",
        summary=_("Thêm nơi nhận tin"),
        description=_(
            "Từ lúc này mỗi bước của hồ sơ mà nơi làm việc xem được sẽ gửi tới địa chỉ này, không kèm dữ liệu"
            " cá nhân. Khóa ký chỉ trả một lần. Nơi làm việc hết hiệu lực thì không báo nữa."
        ),
        tags=["webhooks"],
        parameters=[told.IDEMPOTENCY_KEY],
        request=WebhookBody,
        examples=examples.CREATE,
        responses={
            201: OpenApiResponse(
                WebhookSecretSerializer, description=_("Nơi nhận tin đã thêm."), examples=examples.CREATED
            ),
            **told.WRITING,
            **invalid("url", "webhook_url", URL_WORDS),
        },
    )
    def post(self, request: Request) -> Response:
        """Add once."""
        return self.once(request, lambda _key: self._create(request))

    def _create(self, request: Request) -> Answered:
        body = read(WebhookBody, request.data)
        with refusals_at(REFUSED_AT):
            made, secret = actions.create_webhook(
                body["url"], body.get("kinds", []), by=self.actor, at=self.at
            )
        return Answered(201, WebhookSecretSerializer(made, context={"secret": secret}).data)


class OneWebhookView(WebhookView):
    """One receiver."""

    @extend_schema(
        operation_id="getWebhook",
        summary=_("Đọc một nơi nhận tin"),
        description=_("Địa chỉ, các bước được báo và tình trạng; không có khóa ký."),
        tags=["webhooks"],
        parameters=[KEY],
        responses={
            200: OpenApiResponse(WebhookSerializer, description=_("Nơi nhận tin."), examples=examples.ONE),
            **told.BEHIND_A_KEY,
            **UNKNOWN,
        },
    )
    def get(self, _request: Request, key: str) -> Response:
        """As it is."""
        return Response(WebhookSerializer(self.mine(key)).data)

    @extend_schema(
        operation_id="changeWebhook",
        summary=_("Sửa, tạm dừng hoặc báo lại"),
        description=_(
            "Chỉ sửa trường được ghi. Bước xảy ra trong lúc tạm dừng không được giữ; báo lại rồi gọi replay."
        ),
        tags=["webhooks"],
        parameters=[KEY],
        request=WebhookChangeBody,
        examples=examples.CHANGE,
        responses={
            200: OpenApiResponse(WebhookSerializer, description=_("Nơi nhận tin."), examples=examples.ONE),
            **told.WRITING,
            **UNKNOWN,
            **invalid("url", "webhook_url", URL_WORDS),
        },
    )
    def patch(self, request: Request, key: str) -> Response:
        """Change what is named."""
        self.mine(key)
        body = read(WebhookChangeBody, request.data)
        with refusals_at(REFUSED_AT):
            changed = actions.change_webhook(key, by=self.actor, at=self.at, **body)
        return Response(WebhookSerializer(changed).data)

    @extend_schema(
        operation_id="deleteWebhook",
        summary=_("Xóa nơi nhận tin"),
        description=_("Không báo nữa; tin đang chờ cũng không gửi."),
        tags=["webhooks"],
        parameters=[KEY],
        responses={204: OpenApiResponse(description=_("Đã xóa.")), **told.BEHIND_A_KEY, **UNKNOWN},
    )
    def delete(self, _request: Request, key: str) -> Response:
        """Tell it nothing any more."""
        self.mine(key)
        actions.delete_webhook(key, by=self.actor, at=self.at)
        return Response(status=204)


class SecretView(WebhookView):
    """The secret of one receiver."""

    @extend_schema(
        operation_id="rotateWebhookSecret",
        summary=_("Đổi khóa ký"),
        description=_("Trả khóa mới một lần. Trong 24 giờ khóa trước vẫn ký cùng, để không mất tin."),
        tags=["webhooks"],
        parameters=[KEY, told.IDEMPOTENCY_KEY],
        request=None,
        responses={
            200: OpenApiResponse(
                WebhookSecretSerializer, description=_("Khóa đã đổi."), examples=examples.ROTATED
            ),
            **told.WRITING,
            **UNKNOWN,
        },
    )
    def post(self, request: Request, key: str) -> Response:
        """Change it once."""
        self.mine(key)
        return self.once(request, lambda _key: self._rotate(key))

    def _rotate(self, key: str) -> Answered:
        changed, secret = actions.rotate_secret(key, by=self.actor, at=self.at)
        return Answered(200, WebhookSecretSerializer(changed, context={"secret": secret}).data)


class DeliveriesView(WebhookView):
    """What one receiver was told."""

    @extend_schema(
        operation_id="listDeliveries",
        summary=_("Liệt kê tin đã báo"),
        description=_("Tin mới nhất trước, kết quả gửi và lý do; giữ 31 ngày."),
        tags=["webhooks"],
        parameters=[KEY, *parameters_of(DeliveryListForm)],
        responses={
            200: OpenApiResponse(
                DeliveryListSerializer, description=_("Một trang tin."), examples=examples.DELIVERIES
            ),
            **told.BEHIND_A_KEY,
            **UNKNOWN,
            **invalid("after", "page_key_unknown", NO_SUCH_PAGE),
        },
    )
    def get(self, request: Request, key: str) -> Response:
        """One page."""
        webhook = self.mine(key)
        asked = query_of(DeliveryListForm, request).cleaned_data["after"]
        after = event_read(asked) if asked else None
        page = None if asked and after is None else page_told(webhook, after)
        if page is None:
            raise ValidationError({"after": [ErrorDetail(str(NO_SUCH_PAGE), code="page_key_unknown")]})
        found, last = page
        following = f"{request.path}?after={event_words(last.code, last.seq)}" if last else None
        return Response(DeliveryListSerializer({"results": found, "next": following, "previous": None}).data)


class ReplayView(WebhookView):
    """Telling again."""

    @extend_schema(
        operation_id="replayWebhook",
        summary=_("Gửi lại"),
        description=_(
            "Một bước, hoặc mọi bước được ghi từ một lúc, lấy từ lịch sử hồ sơ. webhook-id giữ nguyên,"
            " nên nơi nhận bỏ qua được tin đã có."
        ),
        tags=["webhooks"],
        parameters=[KEY, told.IDEMPOTENCY_KEY],
        request=ReplayBody,
        examples=examples.REPLAY,
        responses={
            200: OpenApiResponse(
                ReplayedSerializer, description=_("Số bước sẽ gửi lại."), examples=examples.REPLAYED
            ),
            **told.WRITING,
            **UNKNOWN,
            **invalid("since", "replay_too_old", _("Chỉ gửi lại được các bước trong 31 ngày gần đây.")),
        },
    )
    def post(self, request: Request, key: str) -> Response:
        """Queue once."""
        self.mine(key)
        return self.once(request, lambda _key: self._replay(request, key))

    def _replay(self, request: Request, key: str) -> Answered:
        body = read(ReplayBody, request.data)
        with refusals_at(REFUSED_AT):
            replayed = self._queued(key, body)
        after = event_words(*replayed.after) if replayed.after else None
        return Answered(200, {"queued": replayed.queued, "after": after})

    def _queued(self, key: str, body: dict[str, Any]) -> Replayed:
        if event := event_of(body, "event"):
            return actions.replay_event(key, *event, by=self.actor, at=self.at)
        after = event_of(body, "after")
        return actions.replay_since(key, _moment(body["since"]), by=self.actor, at=self.at, after=after)


def _moment(text: str) -> datetime:
    try:
        moment: datetime = QueryMomentField(help_text="").clean(text)
    except FormError as unknown:
        detail = ErrorDetail(str(WORDS["invalid"]), code="date_unknown")
        raise ValidationError({"since": [detail]}) from unknown
    return moment
