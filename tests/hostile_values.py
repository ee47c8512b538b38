"""What nobody should type, and what each kind of field has to make of it: decided here, not by the forms."""

import re
import unicodedata
from dataclasses import dataclass

from django.core.files.uploadedfile import SimpleUploadedFile

SCRIPT = "<script>alert(1)</script>"
VALUES = {
    "nul": "Nguyễn\x00Văn",
    "5000 letters": "ă" * 5000,
    "bidi": "\u202eNguyễn\u2066 Văn\u202c",
    "decomposed": unicodedata.normalize("NFD", "Nguyễn Thị Hậu"),
    "minus one": "-1",
    "10^12": "1000000000000",
    "31/2": "31/2",
    "emoji": "Hoa \U0001f338",
    "markup": SCRIPT,
    "formula": '=HYPERLINK("http://x.vn")',
    "zero width": "Ngu\u200byễn\u2060 \ufeffVăn",
    "blanks": " \u00a0\t ",
    "wrong type": "không phải loại này",
    "absent": None,
}
# The texts as they are kept: composed, without what nobody sees.
KEPT = {
    "bidi": "Nguyễn Văn",
    "decomposed": "Nguyễn Thị Hậu",
    "minus one": "-1",
    "10^12": "1000000000000",
    "31/2": "31/2",
    "emoji": "Hoa \U0001f338",
    "markup": SCRIPT,
    "formula": '=HYPERLINK("http://x.vn")',
    "zero width": "Nguyễn Văn",
}
INVISIBLE = re.compile("[\x00\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
ALL = frozenset(VALUES)
TEXTS = frozenset(KEPT)
EMPTY = frozenset({"blanks", "wrong type", "absent"})
LEFT_OUT = frozenset({"blanks", "absent"})


@dataclass(frozen=True)
class Kind:
    """A kind of field: the values it takes, and how it answers the others.

    ``says`` is where the message stands: at the field; in the ``alert`` of the page, where the office must
    not say which field was wrong (sign-in); on a ``page`` of its own; or at no field, because it is hidden
    and nobody can correct it: then the page begins ``anew`` with everything else kept. What stands in an
    ``address`` is refused as malformed when it holds a NUL. ``picked`` and ``asked`` never refuse: what
    cannot be read is not ticked or not asked, and the next page says what was done.
    """

    takes: frozenset
    is_kept: bool = False
    says: str = "field"
    is_file_wrong: bool = False


KINDS = {
    "words": Kind(TEXTS, is_kept=True, is_file_wrong=True),
    "words?": Kind(TEXTS | EMPTY, is_kept=True, is_file_wrong=True),
    "unkept words?": Kind(TEXTS | EMPTY, is_file_wrong=True),
    "form": Kind(frozenset()),  # a number, date, telephone or paper number: none of the values is one
    "form?": Kind(LEFT_OUT),
    "paper number?": Kind(LEFT_OUT | {"10^12"}),  # 13 digits: the tax code of a branch
    "series": Kind(frozenset({"10^12", "31/2"})),
    "choice": Kind(frozenset()),
    "choice?": Kind(frozenset({"absent"})),
    "tick": Kind(ALL),
    "tick!": Kind(ALL - {"absent"}),
    "hidden key": Kind(ALL),
    "hidden version": Kind(frozenset(), says="anew"),
    "hidden officer": Kind(frozenset({"absent"}), says="page"),
    "secret": Kind(frozenset(), says="alert"),
    "new secret": Kind(frozenset()),
    "picked": Kind(ALL),
    "searched": Kind(ALL),
    "shown place": Kind(frozenset(), says="alert"),
    "asked": Kind(ALL - {"nul"}, says="address"),
    "asked day": Kind(LEFT_OUT, says="address"),
    "asked words": Kind(ALL - {"nul", "5000 letters"}, says="address"),
    "file": Kind(frozenset()),
}

FIELDS = {
    # reception
    "procedure": "form",
    "situation": "choice?",  # the first one is chosen for the clerk
    "channel": "choice?",
    "delivery": "choice?",
    "category": "choice?",
    "name": "words",
    "second_name": "words",
    "filer_name": "words",
    "contact_name": "words",
    "helper_name": "words",
    "number": "paper number?",
    **dict.fromkeys(("second_number", "filer_number"), "form?"),
    **dict.fromkeys(("birth", "second_birth"), "form?"),
    **dict.fromkeys(("phone", "second_phone", "filer_phone"), "form?"),
    "contact_phone": "form",
    **dict.fromkeys(("address", "second_address", "delivery_address", "mandate"), "words?"),
    **dict.fromkeys(("nationality", "second_nationality", "contact_relation", "helper_from"), "words?"),
    **dict.fromkeys(("id_kind", "second_id_kind", "filer_id_kind"), "choice?"),
    **dict.fromkeys(("other_paper", "second_other_paper", "for_other", "is_representative"), "tick"),
    **dict.fromkeys(("has_contact", "has_helper", "late", "immediate", "papers_in_database"), "tick"),
    "elsewhere": "tick",
    "paper-*": "tick",
    "paper-*-held": "tick",
    "purpose": "words?",
    "paper-*-originals": "form?",
    "paper-*-certified": "form?",
    "paper-*-photo": "form?",
    "copies": "form?",
    "pages": "form?",
    "result_number": "words",
    "signer": "choice",
    "due_on": "form",
    "due_reason": "words",
    "late_at": "form",
    "late_reason": "words",
    "elsewhere_place": "form",
    "elsewhere_code": "choice",
    "elsewhere_taken": "form?",
    "slip_reason": "unkept words?",
    "recall_agreed": "tick",
    "another_request": "choice",
    "intake_key": "hidden key",
    "slip": "hidden key",
    "typed_by": "hidden officer",
    # a case
    "version": "hidden version",
    "after": "hidden version",
    "holder": "choice?",
    "granted": "choice",
    "body": "words",
    "remark": "words?",
    "reason": "words",
    "collector": "words?",
    "summary": "words?",
    "party-*-name": "words",
    "party-*-address": "words?",
    "party-*-email": "words?",
    "party-*-mandate": "words?",
    "party-*-number": "form?",
    "party-*-birth": "form?",
    "party-*-phone": "form?",
    "paper-*-certified_copies": "form",
    "paper-*-photocopies": "form",
    "paper-*-note": "words?",
    # files
    "scans": "file",
    "valid_until": "form?",
    "scope": "words?",
    "kind_code": "words?",
    "follows": "choice?",
    "file": "choice",
    "paper": "choice",
    "origin": "choice",
    "consent": "tick!",
    # money
    "take_key": "hidden key",
    "amount": "form",
    "method": "choice",
    "series": "series",
    "payer": "words?",
    # lists: what cannot be read is not ticked, and the next page says what was done
    **dict.fromkeys(("case", "holder_id", "order", "size", "view", "state", "field", "point"), "picked"),
    "code": "picked",
    "day": "asked day",
    "confirmed": "picked",
    "*-number": "words",
    "key": "picked",
    "active": "picked",
    "event": "picked",
    # people and places
    "q": "searched",
    "username": "secret",
    "password": "secret",
    "next": "hidden key",
    "current": "new secret",
    "new": "new secret",
    "repeated": "new secret",
    "membership": "shown place",
    "days": "choice",
    "signed_on": "form",
    "letter_shortcuts": "tick",
    "digits": "form",
}

# What leaves the screen with a value that cannot be read: without a procedure nobody knows its papers.
GOES_WITH = {
    "procedure": frozenset({
        *("paper-*", "paper-*-originals", "paper-*-certified", "paper-*-photo", "papers_in_database"),
        *("situation", "purpose", "paper-*-held", "immediate", "result_number", "signer", "copies", "pages"),
    }),
}  # fmt: skip


def spoken(name):
    """The name of a field without the numbers of one case: party-12-name is party-*-name."""
    name = re.sub(r"^H[0-9.]+-[0-9]+-[0-9]+-number$", "*-number", name)
    return re.sub(r"^(party|paper)-[^-]+", r"\1-*", name)


def value_of(label, kind):
    """The hostile value; the wrong type for words is a file, for everything else words."""
    if label == "wrong type" and KINDS[kind].is_file_wrong:
        return SimpleUploadedFile("x.txt", b"x")
    return VALUES[label]
