"""Addresses of the catalogue; they are printed on paper and never change."""

from django.urls import path

from procedures.views import board, home, procedure

app_name = "procedures"
urlpatterns = [
    path("", home.home, name="home"),
    path("thu-tuc/", board.board, name="board"),
    path("thu-tuc/<str:code>/", procedure.procedure, name="procedure"),
]
