"""Two bare pages, the limits of what Django answers on this machine: fifty rows, and no row at all."""

from django.http import HttpResponse
from django.template import engines
from django.urls import path

from cases.choices import RUNNING
from cases.models import Case

ROWS = 50
PAGE = engines["django"].from_string(
    "<!doctype html><title>Bare</title><table>{% for case in cases %}<tr><td>{{ case.due_at }}</td>"
    "<td>{{ case.code }}</td><td>{{ case.principal_name }}</td><td>{{ case.state }}</td></tr>"
    "{% endfor %}</table>"
)


def rows(_request, commune):
    """Fifty running cases of a commune by due date: one query along one index."""
    running = Case.objects.filter(commune_id=commune, state__in=RUNNING).order_by("due_at", "code")
    shown = running.only("due_at", "code", "principal_name", "state")[:ROWS]
    return HttpResponse(PAGE.render({"cases": shown}))


def nothing(_request):
    """A page without a query."""
    return HttpResponse(PAGE.render({"cases": ()}))


urlpatterns = [path("", nothing), path("<int:commune>/", rows)]
