"""Addresses of the interface for machines, below /api/v1/."""

from django.urls import path

from procedures.api import views

app_name = "procedures_api"
urlpatterns = [
    path("procedures/", views.ProcedureListView.as_view(), name="procedures"),
    path("procedures/<str:code>/", views.ProcedureView.as_view(), name="procedure"),
    path("procedures/<str:code>/quote/", views.QuoteView.as_view(), name="quote"),
    path("deadlines/", views.DeadlineView.as_view(), name="deadlines"),
]
