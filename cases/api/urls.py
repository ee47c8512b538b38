"""Addresses of the interface for machines, below /api/v1/."""

from django.urls import path

from cases.api import case_views, file_views, views

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
]
