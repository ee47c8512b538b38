"""Sentences for gettext as they stand in modules and templates, and in the source of a translation."""

import ast
import re

from django.utils.translation.template import templatize

# Which arguments of a call are the context, the sentence and its plural.
CALLS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"), (None, 0, None)),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (None, 0, 1)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), (0, 1, None)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), (0, 1, 2)),
}
TEXT = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
IN_TEMPLATE = re.compile(rf"\b(_|gettext|ngettext|pgettext|npgettext)\(\s*({TEXT}(?:\s*,\s*{TEXT})*)")
BETWEEN = "\x04"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd%]|\{\w*\}")
FIELD = re.compile(r"^(msgctxt|msgid_plural|msgid|msgstr(?:\[\d\])?) ", re.MULTILINE)


def spoken_in_python(text):
    """The sentences that a module hands to gettext, each with its context before it."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in CALLS:
            told = [ast.literal_eval(one) for one in node.args if isinstance(one, ast.Constant)]
            if told and isinstance(told[0], str):
                yield _key(CALLS[node.func.id], told)


def spoken_in_template(text):
    """The sentences that a template hands to gettext, each with its context before it."""
    for name, arguments in IN_TEMPLATE.findall(templatize(text)):
        told = [ast.literal_eval(one) for one in re.findall(TEXT, arguments)]
        yield _key(CALLS[name], told)


def _key(places, told):
    context, sentence, _plural = places
    return told[sentence] if context is None else f"{told[context]}{BETWEEN}{told[sentence]}"


def entries_of(source):
    """Each sentence of a translation with its forms in the other language; the first entry is the header."""
    for entry in re.split(r"\n\n+", source.strip())[1:]:
        parts = FIELD.split(entry)
        told = {name: _joined(text) for name, text in zip(parts[1::2], parts[2::2], strict=True)}
        context = f"{told['msgctxt']}{BETWEEN}" if "msgctxt" in told else ""
        forms = [text for name, text in sorted(told.items()) if name.startswith("msgstr")]
        yield context + told["msgid"], forms


def compiled_of(source):
    """What a compiled translation of this source holds."""
    for sentence, forms in entries_of(source):
        if len(forms) > 1:
            yield from (((sentence, number), form) for number, form in enumerate(forms))
        else:
            yield sentence, forms[0]


def placeholders_of(sentence):
    """What is filled in when the sentence is spoken, in any order."""
    return sorted(PLACEHOLDER.findall(sentence))


def _joined(text):
    lines = re.findall(r'^"(.*)"$', text, re.MULTILINE)
    return "".join(lines).replace("\\n", "\n").replace('\\"', '"').replace("\\\\", "\\")
