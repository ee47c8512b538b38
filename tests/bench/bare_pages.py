"""Two bare pages, the limits of what Django answers on this machine: fifty rows, and no row at all."""

from django.http import HttpResponse
from django.template import engines
from django.urls import path

from cases.models import Case
from cases.queries import QUEUE_COLUMNS

ROWS = 50
PAGE = engines["django"].from_string(
    "<!doctype html><title>Bare</title><table>{% for case in cases %}<tr><td>{{ case.due_at }}</td>"
    "<td>{{ case.code }}</td><td>{{ case.procedure.code }} {{ case.procedure.name }}</td>"
    "<td>{{ case.principal_name }}</td><td>{{ case.state }}</td><td>{{ case.channel }}</td>"
    "<td>{{ case.holder.full_name }}</td></tr>{% endfor %}</table>"
)


def rows(_request, commune):
    """Fifty running cases of a commune by due date: the columns of the queue, what they name joined."""
    running = Case.objects.filter(commune_id=commune).running().select_related("procedure", "holder")
    running = running.only(*QUEUE_COLUMNS, "procedure__code", "procedure__name", "holder__full_name")
    return HttpResponse(PAGE.render({"cases": running.order_by("due_at", "code")[:ROWS]}))


def nothing(_request):
    """A page without a query."""
    return HttpResponse(PAGE.render({"cases": ()}))


urlpatterns = [path("", nothing), path("<int:commune>/", rows)]
