"""What all addresses behind a key have in common: who acts, in which commune, and once only."""

import hashlib
import json
import re
import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any, Final, cast

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, QueryDict
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from rest_framework.exceptions import APIException, PermissionDenied
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cases.actions.answers import Answered, Asked, answer_once
from cases.beside import ON_THE_PAGE, PageFacts, read_beside, read_case, read_page
from cases.models import Case
from staff import clock
from staff.actor import Actor
from staff.api.authentication import Pass, TokenAuthentication
from staff.api.throttles import TokenThrottle
from staff.rights import Capability
from staff.scope import read_as

KEY: Final = "Idempotency-Key"
KEY_FORM: Final = r"[!-~]{1,100}"
REPLAYED: Final = "Idempotent-Replayed"
NAMESPACE: Final = uuid.UUID("6f1d3c0a-4a5e-4f0e-9a53-7f1f3d6f2b11")
MISSING: Final = _("Thiếu tiêu đề Idempotency-Key. Mỗi yêu cầu mới mang một khóa mới, ví dụ một UUID.")
UNREADABLE: Final = _("Idempotency-Key gồm 1 đến 100 chữ cái, chữ số hoặc dấu, không có dấu cách.")


class KeyRefused(APIException):
    """A request that writes came without a usable key."""

    status_code = 400
    default_code = "idempotency_key_missing"
    default_detail = MISSING


@method_decorator(never_cache, name="dispatch")
class OfficerView(APIView):
    """An address that an officer's key opens; a session does not."""

    authentication_classes = (TokenAuthentication,)
    permission_classes = (IsAuthenticated,)
    throttle_classes = (TokenThrottle,)
    actor: Actor
    at: datetime

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Nobody passes without the right to see cases; what is read is read in the officer's commune."""
        super().initial(request, *args, **kwargs)
        self.actor, self.at = cast("Pass", request.auth).actor, clock.now()
        self.require(Capability.VIEW_CASES)
        read_as(self.actor)

    def require(self, capability: Capability) -> None:
        """Refuse whoever lacks this right."""
        if not self.actor.may(capability):
            raise PermissionDenied

    def visible(self, code: str) -> Case:
        """The case with its lists; one of strangers does not exist."""
        case = self._seen(code)
        read_beside(case, ON_THE_PAGE)
        return case

    def visible_page(self, code: str) -> tuple[Case, PageFacts]:
        """The case as its page shows it, and what the page tells beside it."""
        case = self._seen(code)
        return case, read_page(case, self.actor, self.at)

    def _seen(self, code: str) -> Case:
        case = read_case(self.actor, code)
        if case is None:
            raise Http404
        return case

    def once(self, request: Request, work: Callable[[uuid.UUID], Answered]) -> Response:
        """Do the work once for this key; the repetition gets the same answer and says so."""
        token = cast("Pass", request.auth).token
        asked = Asked(token.pk, key_of(request), fingerprint_of(request), self.at)
        intake_key = uuid.uuid5(NAMESPACE, f"{asked.token_id}:{asked.key}:{asked.fingerprint}")
        answered = answer_once(asked, lambda: work(intake_key))
        headers = {REPLAYED: "true"} if answered.is_replayed else {}
        return Response(answered.body, status=answered.status, headers=headers)


def key_of(request: Request) -> str:
    """The key under which a request is done once.

    Raises:
        KeyRefused: ``idempotency_key_missing``, ``idempotency_key_invalid``.
    """
    key = request.headers.get(KEY, "")
    if not key:
        raise KeyRefused
    if not re.fullmatch(KEY_FORM, key):
        raise KeyRefused(UNREADABLE, code="idempotency_key_invalid")
    return key


def fingerprint_of(request: Request) -> str:
    """What a request asks for, whatever the order of its parts."""
    sent = dict(request.data.lists()) if isinstance(request.data, QueryDict) else request.data
    said = json.dumps([request.method, request.path, sent], sort_keys=True, default=_mark_of)
    return hashlib.sha256(said.encode()).hexdigest()


def _mark_of(sent: Any) -> str:
    """A file by its name and content."""
    if not isinstance(sent, UploadedFile) or sent.file is None:
        return str(sent)
    mark = hashlib.sha256()
    sent.seek(0)
    for piece in sent.chunks():
        mark.update(piece)
    sent.seek(0)
    return f"{sent.name} {mark.hexdigest()}"
