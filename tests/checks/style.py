"""What holds for every file: short, in one Unicode form, finished, and with its imports at the top."""

import ast
import re
import unicodedata
from pathlib import PurePosixPath

from tests.checks.tree import APPS

LONGEST = 400
UNFINISHED = re.compile(r"\b(TOD[O]|FIXM[E]|XX[X]|NotImplemented[E]rror|TEMPORAR[Y])\b")
LEFT_OUT_TESTS = re.compile(r"(?:pytest|mark)\.(?:ski[p]|xfai[l])\b|assert Tru[e]\b")
ADDRESSES = re.compile(r":/[/]|index-ur[l]|find-link[s]")
LEFT_ON_A_CONNECTION = re.compile(r"pg_(?:try_)?advisory_(?:un)?lock|\b(?:SET SESSION|LISTEN|WITH HOLD)\b")
NO_TOPIC = frozenset(
    {"utils", "helpers", "services", "managers", "signals", "common", "misc", "base", "core"}
)
TOP_LEVEL = frozenset(
    {
        *("cases", "config", "docs", "locale", "procedures", "requirements", "staff", "static", "templates"),
        *("tests", "CHANGELOG.md", "Dockerfile", "LICENSE", "README.md", "docker-compose.yml", "manage.py"),
        "pyproject.toml",
    }
)


def too_long(path, text):
    """A module that one cannot keep in the head."""
    lines = len(text.splitlines())
    return [f"{path}: {lines} lines"] if lines > LONGEST else []


def not_nfc(path, text):
    """Lines that are not in Unicode NFC, and would not be found by a search."""
    return [
        f"{path}:{number}"
        for number, line in enumerate(text.splitlines(), start=1)
        if not unicodedata.is_normalized("NFC", line)
    ]


def unfinished(path, text):
    """Words of something that is not done."""
    return _lines_with(UNFINISHED, path, text)


def left_out_tests(path, text):
    """Tests that do not test."""
    return _lines_with(LEFT_OUT_TESTS, path, text)


def network_addresses(path, text):
    """Addresses in a lock or configuration file: where packages come from is the installation's choice."""
    return _lines_with(ADDRESSES, path, text)


def left_on_a_connection(path, text):
    """What outlives a transaction: behind a pooler the next statement may go to another connection."""
    return _lines_with(LEFT_ON_A_CONNECTION, path, text)


# One item of a batch may meet any fault without holding up the others; it is logged with its id and counted.
ONE_OF_A_BATCH = {"cases/notices/drain.py", "cases/notices/webhooks/fan_out.py"}


def swallowed_errors(path, text):
    """Handlers that catch whatever comes, but for those round one item of a batch."""
    if path in ONE_OF_A_BATCH:
        return []
    return [
        f"{path}:{node.lineno}"
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or (isinstance(node.type, ast.Name) and node.type.id.endswith("Exception")))
    ]


def nameless_topics(path):
    """A module named after a pattern and not after its topic."""
    return [path] if PurePosixPath(path).stem in NO_TOPIC and "/settings/" not in path else []


def outside_the_plan(names):
    """Names at the top of the repository that the plan of the house does not know."""
    return [name for name in names if name not in TOP_LEVEL and not name.startswith(".")]


def late_imports(path, text):
    """Own modules imported inside a function: a knot that the layers should not need."""
    found = set()
    for function in ast.walk(ast.parse(text)):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            found |= {node.lineno for node in ast.walk(function) if set(_imported(node)) & set(APPS)}
    return [f"{path}:{line}" for line in sorted(found)]


def _imported(node):
    if isinstance(node, ast.Import):
        return [alias.name.partition(".")[0] for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [(node.module or "").partition(".")[0]]
    return []


def _lines_with(pattern, path, text):
    lines = enumerate(text.splitlines(), start=1)
    return [f"{path}:{number}: {found[0]}" for number, line in lines if (found := pattern.search(line))]
