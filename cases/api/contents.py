"""Answers that are no JSON: papers and scans, byte for byte."""

from typing import Any

from rest_framework.renderers import BaseRenderer, JSONRenderer

from cases.api.access import OfficerView


class ContentRenderer(BaseRenderer):
    """Bytes as they are, whatever the client would rather have; a refusal stays JSON."""

    media_type = "*/*"
    format = "content"
    charset = None
    render_style = "binary"

    def render(
        self, data: Any, accepted_media_type: str | None = None, renderer_context: Any = None
    ) -> bytes:
        """The bytes."""
        if isinstance(data, bytes):
            return data
        return bytes(JSONRenderer().render(data, accepted_media_type, renderer_context))


class ContentView(OfficerView):
    """An address that answers with a content of its own type."""

    renderer_classes = (ContentRenderer,)
