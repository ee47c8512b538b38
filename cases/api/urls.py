"""Addresses of the interface for machines, below /api/v1/."""

from django.urls import path

from cases.api import views

app_name = "cases_api"
urlpatterns = [path("track/<str:code>/", views.TrackView.as_view(), name="track")]
