"""Tags of Django that say the same on every page: asked once in each language, then said again.

A page has some seventy words that stand in its template, and a tenth of its time went into looking them up.
"""

from typing import Any

from django.template import Library, Node
from django.template.base import FilterExpression, Parser, Token
from django.template.context import Context
from django.template.defaulttags import url
from django.templatetags.i18n import do_translate
from django.utils.translation import get_language

register = Library()


class Fixed(Node):
    """A node that depends on nothing but the language; what it said is kept as long as the process lives."""

    def __init__(self, node: Node) -> None:
        self.node = node
        self.said: dict[tuple[str | None, bool], Any] = {}

    def render(self, context: Context) -> Any:
        """What the node says in the language of the page."""
        key = get_language(), context.autoescape
        if key not in self.said:
            self.said[key] = self.node.render(context)
        return self.said[key]


@register.tag("translate")
def translate(parser: Parser, token: Token) -> Node:
    """Django's own; words that stand in the template are looked up once."""
    node: Any = do_translate(parser, token)
    parts = [node.filter_expression] + ([node.message_context] if node.message_context else [])
    return Fixed(node) if node.asvar is None and all(map(_is_fixed, parts)) else node


@register.tag("url")
def address(parser: Parser, token: Token) -> Node:
    """Django's own; an address without arguments is made once."""
    node: Any = url(parser, token)
    is_alone = node.asvar is None and not node.args and not node.kwargs
    return Fixed(node) if is_alone and _is_fixed(node.view_name) else node


def _is_fixed(part: FilterExpression) -> bool:
    """Whether a part of a tag is written out: no variable, no filter."""
    is_text = isinstance(part.var, str) or getattr(part.var, "literal", None) is not None
    return is_text and not part.filters
