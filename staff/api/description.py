"""The key as the description of the interface tells of it."""

from typing import Any

from django.utils.translation import gettext
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """``Authorization: Bearer motcua_…``."""

    target_class = "staff.api.authentication.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, Any]:
        """A bearer key."""
        told = gettext("Khóa API do cán bộ lập ở trang Tài khoản; làm việc với đúng quyền của cán bộ đó.")
        return {"type": "http", "scheme": "bearer", "description": told}
