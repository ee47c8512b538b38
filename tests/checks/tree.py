"""The files of the repository, as the checks read them."""

from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
APPS = ("config", "cases", "procedures", "staff")
TEXT = frozenset(
    {
        *(".css", ".csv", ".html", ".in", ".js", ".json", ".lock", ".md"),
        *(".po", ".py", ".svg", ".toml", ".txt", ".typ", ".yml"),
    }
)


def python_files(*folders, root=ROOT):
    """Each module below the folders with its text; migrations are written by a machine."""
    for path, text in text_files(*folders, root=root):
        if path.endswith(".py") and "/migrations/" not in path:
            yield path, text


def templates(root=ROOT):
    """Each template with its text."""
    yield from (found for found in text_files("templates", root=root) if found[0].endswith(".html"))


def text_files(*folders, root=ROOT) -> Iterator[tuple[str, str]]:
    """Each text file below the folders, or at the top, with its content; nothing that a tool left behind."""
    for folder in folders or (".",):
        found = (root / folder).iterdir() if folder == "." else (root / folder).rglob("*")
        for path in sorted(found):
            if path.is_file() and path.suffix in TEXT and "__pycache__" not in path.parts:
                yield path.relative_to(root).as_posix(), path.read_text(encoding="utf-8")
