"""Where the interface describes itself: to everybody, in the language of the reader."""

from collections.abc import Sequence
from functools import cache
from typing import Final

from django.http import HttpResponse
from django.utils import translation
from django.utils.encoding import force_bytes
from drf_spectacular import renderers
from drf_spectacular.generators import SchemaGenerator
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from procedures.api.views import PublicView
from staff.language import RECORD

FORMS: Final[Sequence[type[BaseRenderer]]] = (
    renderers.OpenApiYamlRenderer,
    renderers.OpenApiYamlRenderer2,
    renderers.OpenApiJsonRenderer,
    renderers.OpenApiJsonRenderer2,
)


class DescriptionView(PublicView):
    """The description as YAML or JSON."""

    renderer_classes = FORMS
    schema = None

    def get(self, request: Request) -> HttpResponse:
        """The document of this process."""
        form = request.accepted_renderer
        written = _written(translation.get_language() or RECORD, FORMS.index(type(form)))
        charset = f"; charset={form.charset}" if form.charset else ""
        shown = {"Content-Disposition": f'inline; filename="openapi.{form.format}"'}
        return HttpResponse(written, content_type=f"{form.media_type}{charset}", headers=shown)

    def handle_exception(self, exc: Exception) -> Response:
        """A refusal is JSON, whichever form was asked for."""
        self.request.accepted_renderer = JSONRenderer()
        self.request.accepted_media_type = JSONRenderer.media_type
        return super().handle_exception(exc)


@cache
def _written(language: str, form: int) -> bytes:
    """The description in one language and form; it depends on nothing else, so it is written once."""
    with translation.override(language):
        described = SchemaGenerator().get_schema(public=True)  # type: ignore[no-untyped-call]
        return force_bytes(FORMS[form]().render(described, renderer_context={}))
