"""A request with a key is the work of an officer in one membership; a session opens no interface."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.utils.translation import gettext_lazy as _
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from staff import actions, clock
from staff.actor import Actor, actor_for
from staff.api.throttles import count_failure
from staff.gathering import Question, Rows
from staff.models import ApiToken, Officer

SCHEME: Final = "Bearer"
REFUSED: Final = _("Khóa API không đúng, đã hết hạn, đã thu hồi, hoặc cán bộ không còn làm việc ở đó.")


@dataclass(frozen=True)
class Pass:
    """With which key a request came in, and as whom it works."""

    token: ApiToken
    actor: Actor


class TokenAuthentication(BaseAuthentication):
    """Reads ``Authorization: Bearer motcua_…``."""

    def authenticate(self, request: Request) -> tuple[Officer, Pass] | None:
        """The officer and the pass; None without a key.

        Raises:
            AuthenticationFailed: ``token_refused``, the same words for whatever is wrong with the key.
        """
        scheme, _blank, secret = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != SCHEME.lower():
            return None
        at = clock.now()
        day = clock.localdate(at)
        digest = actions.digest_of(secret.strip())
        token = next(iter(_opening.gather(digest=digest, at=at, day=day)["token"]), None)
        if token is None:
            count_failure(request, at)
            raise AuthenticationFailed(REFUSED, code="token_refused")
        actions.note_token_used(token, day=day)
        return token.membership.officer, Pass(token, actor_for(token.membership))

    def authenticate_header(self, request: Request) -> str:
        """What a refusal asks for."""
        return f'{SCHEME} realm="Mot Cua"'


@Question
def _opening(*, digest: str, at: datetime, day: date) -> dict[str, Rows]:
    return {"token": Rows(ApiToken.objects.opening(at, day).filter(digest=digest))}
