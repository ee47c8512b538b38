"""``manage.py test``: the tests in the locked environment, on their own throw-away server."""

import subprocess
import sys
from collections.abc import Sequence

from config.services.folder import ROOT


def main(words: Sequence[str]) -> int:
    """Run pytest with the given words."""
    return subprocess.run([sys.executable, "-m", "pytest", *words], cwd=ROOT, check=False).returncode
