"""Whether a committed translation is the one that its source gives."""

import gettext
import sys
from pathlib import Path


def catalogue(path: Path) -> dict[str, str]:
    """The sentences of a compiled translation, without its header."""
    with path.open("rb") as file:
        sentences: dict[str, str] = vars(gettext.GNUTranslations(file))["_catalog"]
    return {key: text for key, text in sentences.items() if key}


def main() -> int:
    """Compare a fresh and a committed file; 1 when they differ."""
    fresh, committed = (Path(word) for word in sys.argv[1:3])
    if not committed.exists() or catalogue(fresh) != catalogue(committed):
        print(f"{committed} is not what its source gives. Run: python3 manage.py compilemessages")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
