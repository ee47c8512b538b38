"""The pictures of docs/screenshots, taken from the running matrix of pages.

A picture here is a state of ``matrix.py`` in one language at one size: the office of the tests is filled by
``office_of_pages``, so the same commit always shows the same names and dates. ``test_pages`` keeps them:

    MOTCUA_PICTURES=/tmp/pictures python3 manage.py test tests/browser/test_pages.py
    python3 -m tests.browser.pictures /tmp/pictures
"""

import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.checks.tree import ROOT

SHOWN: Mapping[str, str] = {
    "home": "procedures-home-empty-vi",
    "search": "procedures-home-filled-vi",
    "procedure": "procedures-procedure-filled-vi",
    "catalogue": "procedures-board-filled-vi",
    "communes": "staff-communes-filled-vi",
    "commune": "staff-commune-filled-vi",
    "track": "cases-track-empty-vi",
    "tracking": "cases-track_token-filled-vi",
    "sign-in": "staff-sign_in-empty-vi",
    "choose-place": "staff-choose_membership-filled-vi",
    "intake": "cases-intake-filled-vi",
    "intake-errors": "cases-intake-errors-vi",
    "intake-at-once": "cases-intake-at-once-vi",
    "queue": "cases-queue-filled-vi",
    "queue-english": "cases-queue-filled-en",
    "case": "cases-case-filled-vi",
    "papers": "cases-papers-filled-vi",
    "payment": "cases-take_payment-filled-vi",
    "slip": "cases-slip_given-filled-vi",
    "approvals": "cases-approvals-filled-vi",
    "sign": "cases-move-sign-vi",
    "notices": "cases-notices-filled-vi",
    "account": "staff-account-filled-vi",
    "status": "office_status-filled-vi",
}
SIZES = ("desk", "phone")


def copy_all(folder: Path, into: Path) -> list[str]:
    """Copies what is shown; returns the names of the states that the matrix has not kept."""
    missing = []
    for name, state in SHOWN.items():
        for size in SIZES:
            source = folder / f"{state}-{size}.png"
            if source.exists():
                shutil.copyfile(source, into / f"{name}-{size}.png")
            else:
                missing.append(source.name)
    return missing


if __name__ == "__main__":
    absent = copy_all(Path(sys.argv[1]), ROOT / "docs" / "screenshots")
    sys.stdout.writelines(f"{name}\n" for name in absent)
    sys.exit(1 if absent else 0)
