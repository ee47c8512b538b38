"""A page read as a browser and a screen reader read it: its forms, and what is said at each field."""

from dataclasses import dataclass, field

from config.plain_browser import FormReader

VOID = frozenset({"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr", "path", "use"})


@dataclass
class ReadPage:
    """The forms of a page, the marks of each field, and the words of each element that is named."""

    forms: list
    marks: dict = field(default_factory=dict)
    words: dict = field(default_factory=dict)
    alerts: str = ""

    def form_like(self, names):
        """The form that shares most names with these."""
        return max(self.forms, key=lambda form: len(form.names & set(names)), default=None)

    def said_at(self, name):
        """What is said at a field that is marked as wrong."""
        marked = [given for given in self.marks.get(name, ()) if given.get("aria-invalid") == "true"]
        told = [
            self.words.get(key, "") for given in marked for key in given.get("aria-describedby", "").split()
        ]
        return " ".join(told).strip()


def read_page(response):
    """What stands on this page."""
    reader = _Reader()
    reader.feed(response.content.decode())
    return ReadPage(reader.forms, reader.marks, reader.words, reader.alerts)


class _Reader(FormReader):
    def __init__(self):
        super().__init__()
        self.marks, self.words, self.alerts, self._open = {}, {}, "", []

    def handle_starttag(self, tag, attrs):
        super().handle_starttag(tag, attrs)
        given = {name: value or "" for name, value in attrs}
        if tag in ("input", "select", "textarea") and given.get("name"):
            self.marks.setdefault(given["name"], []).append(self._marks(given))
        if tag not in VOID:
            self._open.append((tag, given))

    def handle_endtag(self, tag):
        super().handle_endtag(tag)
        while any(name == tag for name, _given in self._open) and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        super().handle_data(data)
        for _tag, given in self._open:
            if "id" in given:
                self.words[given["id"]] = self.words.get(given["id"], "") + data
            if given.get("role") == "alert":
                self.alerts += data

    def _marks(self, given):
        """A radio button says what its group says."""
        groups = [marks for tag, marks in self._open if tag == "fieldset" and "aria-describedby" in marks]
        if given.get("type") == "radio" and groups and "aria-describedby" not in given:
            return given | {"aria-describedby": groups[-1]["aria-describedby"]}
        return given
