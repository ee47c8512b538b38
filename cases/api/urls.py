"""Addresses of the interface for machines, below /api/v1/."""

from django.urls import path

from cases.api import case_views, file_views, views, webhook_views

app_name = "cases_api"
urlpatterns = [
    path("track/<str:code>/", views.TrackView.as_view(), name="track"),
    path("cases/", case_views.CasesView.as_view(), name="cases"),
    path("cases/<str:code>/", case_views.CaseView.as_view(), name="case"),
    path("cases/<str:code>/moves/", case_views.MovesView.as_view(), name="moves"),
    path("cases/<str:code>/papers/", file_views.PapersView.as_view(), name="papers"),
    path(
        "cases/<str:code>/papers/<int:paper>/files/",
        file_views.PaperFilesView.as_view(),
        name="paper_files",
    ),
    path("cases/<str:code>/files/<str:key>/", file_views.FileView.as_view(), name="file"),
    path("cases/<str:code>/documents/", case_views.DocumentsView.as_view(), name="documents"),
    path("cases/<str:code>/documents/<str:key>/", case_views.DocumentView.as_view(), name="document"),
    path("webhooks/", webhook_views.WebhooksView.as_view(), name="webhooks"),
    path("webhooks/<str:key>/", webhook_views.OneWebhookView.as_view(), name="webhook"),
    path("webhooks/<str:key>/secret/", webhook_views.SecretView.as_view(), name="webhook_secret"),
    path("webhooks/<str:key>/deliveries/", webhook_views.DeliveriesView.as_view(), name="deliveries"),
    path("webhooks/<str:key>/replay/", webhook_views.ReplayView.as_view(), name="replay"),
]
