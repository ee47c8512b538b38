"""Every text that a person reads is Vietnamese and passes through gettext."""

import ast
import re
import unicodedata
from html.parser import HTMLParser

MARKS = frozenset("\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323")
GETTEXT = frozenset(
    {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"}
)
SPOKEN_ARGUMENTS = frozenset(
    {"empty_label", "help_text", "label", "label_suffix", "summary", "verbose_name", "verbose_name_plural"}
)
SPOKEN_ATTRIBUTES = frozenset({"alt", "aria-description", "aria-label", "content", "placeholder", "title"})
SILENT_TAGS = frozenset({"kbd", "script", "style", "svg"})
VOID_TAGS = frozenset({"br", "hr", "img", "input", "link", "meta", "path", "source", "use", "wbr"})
TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)
COMMENT = re.compile(r"\{#.*?#\}|\{% comment.*?endcomment %\}", re.DOTALL)
BLOCK = re.compile(r"\{%\s*blocktrans(?:late)?\b.*?%\}(.*?)\{%\s*endblocktrans(?:late)?\s*%\}", re.DOTALL)
TRANSLATE = re.compile(r"""\{%\s*trans(?:late)?\s+(?:"([^"]*)"|'([^']*)')""")
UNDERSCORE = re.compile(r"""\b_\((?:"([^"]*)"|'([^']*)')\)""")
LITERAL = re.compile(r""""([^"]*)"|'([^']*)'""")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}")
WORDS = re.compile(r"[^\W\d_]{2,}(?:[ ,.]+[^\W\d_]+)*")
# The system's own name is the same in every language.
NAMES = re.compile(r"Một Cửa")


def is_vietnamese(text):
    """Whether some letter is one that English does not have."""
    return any(mark in MARKS for mark in unicodedata.normalize("NFD", text)) or bool(re.search("[đĐ₫]", text))


def foreign_msgids(path, text, *, plain=frozenset()):
    """Sentences for gettext that hold no Vietnamese letter.

    Args:
        plain: Vietnamese sentences that happen to need none.
    """
    return [
        f"{path}:{node.lineno}: {first.value}"
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in GETTEXT
        for first in node.args[:2]
        if isinstance(first, ast.Constant)
        and isinstance(first.value, str)
        and WORDS.search(PLACEHOLDER.sub(" ", first.value))
        and not is_vietnamese(first.value)
        and first.value not in plain
    ]


def untranslated_words(path, text):
    """Labels, hints and refusals in Python that do not pass through gettext."""
    found = []
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Call):
            continue
        spoken = [keyword.value for keyword in node.keywords if keyword.arg in SPOKEN_ARGUMENTS]
        for keyword in node.keywords:
            if keyword.arg == "error_messages" and isinstance(keyword.value, ast.Dict):
                spoken += keyword.value.values
        called = getattr(node.func, "id", "") or getattr(node.func, "attr", "")
        if called == "ValidationError":
            spoken += node.args[:1]
        elif called.endswith("Error") and "Error" in called and len(node.args) > 1:
            spoken += node.args[1:2]
        found += [one for one in spoken if isinstance(one, ast.Constant | ast.JoinedStr) and _speaks(one)]
    return [f"{path}:{node.lineno}: {ast.unparse(node)}" for node in found]


def _speaks(node):
    return isinstance(node, ast.JoinedStr) or (isinstance(node.value, str) and bool(node.value.strip(": ")))


def foreign_template_msgids(path, text, *, plain=frozenset()):
    """Sentences for gettext in a template that hold no Vietnamese letter."""
    told = [a or b for pattern in (TRANSLATE, UNDERSCORE) for a, b in pattern.findall(text)]
    for block in BLOCK.findall(text):
        told += [TAG.sub(" ", part).strip() for part in re.split(r"\{%\s*plural\s*%\}", block)]
    return [
        f"{path}: {one}" for one in told if WORDS.search(one) and not is_vietnamese(one) and one not in plain
    ]


def untranslated_template_words(path, text):
    """Words of a template, in any language, that do not pass through gettext.

    What stands inside `lang="vi"` is Vietnamese by its nature: names from the catalogue, words people say.
    """
    told = BLOCK.sub(" ", COMMENT.sub(" ", text))
    reader = _Words()
    reader.feed(TAG.sub(lambda tag: "\n" * tag[0].count("\n") or " ", told))
    return [f"{path}: {words}" for words in [*reader.found, *_literals(told)]]


def _literals(text):
    """Sentences in the arguments of tags and filters; names of templates, addresses and classes are none."""
    for tag in TAG.findall(text):
        if TRANSLATE.match(tag):
            continue
        for a, b in LITERAL.findall(UNDERSCORE.sub(" ", tag)):
            said = a or b
            if is_vietnamese(said) or re.fullmatch(r"[A-Z][a-z]+(?: [A-Za-z]+)+[.!?…]?", said):
                yield said


class _Words(HTMLParser):
    """Collects what a reader would see or hear."""

    def __init__(self):
        super().__init__()
        self.found, self.open = [], []

    def handle_starttag(self, tag, attrs):
        if tag not in VOID_TAGS:
            self.open.append((tag, dict(attrs).get("lang")))
        for name, value in attrs:
            if name in SPOKEN_ATTRIBUTES and not (tag == "meta" and dict(attrs).get("name") != "description"):
                self._hear(value or "")

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag):
        while any(name == tag for name, _lang in self.open) and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        self._hear(data)

    def _hear(self, text):
        if any(name in SILENT_TAGS for name, _lang in self.open):
            return
        said = WORDS.findall(NAMES.sub(" ", text))
        is_catalogue = any(lang == "vi" for _name, lang in self.open)
        self.found += [words for words in said if not (is_catalogue and is_vietnamese(text))]
