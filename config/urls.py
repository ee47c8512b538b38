"""Every address of the office; they are printed on paper and never change."""

from django.urls import URLPattern, URLResolver, include, path, re_path

from config.api_errors import UnknownAddress
from config.health.views import health, metrics, office_status
from config.schema_view import DescriptionView

handler400 = "config.api_errors.answer_malformed"
handler500 = "config.api_errors.answer_fault"

urlpatterns: list[URLPattern | URLResolver] = [
    path("health/", health, name="health"),
    path("metrics/", metrics, name="metrics"),
    path("tinh-trang/", office_status, name="office_status"),
    path("api/schema/", DescriptionView.as_view(), name="schema"),
    path("api/v1/", include("procedures.api.urls")),
    path("api/v1/", include("cases.api.urls")),
    re_path(r"^api/", UnknownAddress.as_view()),
    path("", include("staff.urls")),
    path("", include("procedures.urls")),
    path("", include("cases.urls")),
]
