"""Every address of the office, read from the resolver, and how to fill in its arguments."""

import re
from dataclasses import dataclass, field
from functools import cache
from urllib.parse import quote

from django.urls import URLResolver, get_resolver, reverse

ARGUMENT = re.compile(r"<(?:\w+:)?(\w+)>")


@dataclass(frozen=True)
class Address:
    """One pattern of the URLconf: its name, its route, and the view behind it."""

    name: str
    route: str
    view: object = field(compare=False)

    @property
    def arguments(self):
        """The names of the parts that change."""
        return tuple(ARGUMENT.findall(self.route))

    def path(self, values):
        """The address with these values."""
        return reverse(self.name, kwargs={name: values[name] for name in self.arguments})

    def raw_path(self, values):
        """The address with any text at all in its places, as somebody may type it."""
        return "/" + ARGUMENT.sub(lambda place: quote(values[place[1]], safe="%"), self.route)


@cache
def addresses():
    """All named addresses, in the order of the URLconf."""
    return tuple(_walk(get_resolver().url_patterns))


def _walk(patterns, prefix="", namespaces=()):
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
            yield from _walk(pattern.url_patterns, route, inner)
        else:
            yield Address(":".join((*namespaces, pattern.name or route)), route, pattern.callback)
