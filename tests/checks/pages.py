"""Templates and what they link: no inline code, nothing loaded, nothing unused, vendored files untouched."""

import ast
import hashlib
import re
from pathlib import PurePosixPath

INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)[^>]*>|<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|\shx-on\b|javascript:|\bjs:",
    re.IGNORECASE,
)
RAW = re.compile(r"\|\s*safe(?:seq)?\b|\{%\s*autoescape\s+off")
RAW_PYTHON = frozenset({"SafeData", "SafeString", "SafeText", "mark_safe"})
LOAD = re.compile(r"\{%\s*load\s+(.*?)\s*%\}")
NAMED = re.compile(r"""["']([\w./-]+\.html)["']""")
BY_FRAMEWORK = frozenset({"400.html", "403.html", "403_csrf.html", "404.html", "500.html"})
ROW = re.compile(r"^\| *([\w./-]+) *\|.*\| *([0-9a-f]{64}) *\|$", re.MULTILINE)
FOREIGN = re.compile(r"""(?:src|href|action)\s*=\s*["'](?:https?:)?//""")


def inline_code(path, text):
    """Scripts and styles inside a page; the policy of the browser would refuse them."""
    return [f"{path}: {found.strip()}" for found in INLINE.findall(text)]


def raw_output(path, text):
    """Templates that print without escaping."""
    return [f"{path}: {found}" for found in RAW.findall(text)]


def raw_output_in_python(path, text):
    """Modules that declare a text to be safe."""
    return [
        f"{path}:{node.lineno}: {ast.unparse(node)}"
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call)
        and (getattr(node.func, "id", "") or getattr(node.func, "attr", "")) in RAW_PYTHON
    ]


def loads(path, text):
    """Loads, which would bring back the tags that the office has its own of; every tag is built in."""
    return [f"{path}: {found}" for found in LOAD.findall(text)]


def foreign_links(path, text):
    """What a page would fetch from, or send to, another machine."""
    return [f"{path}: {found}" for found in FOREIGN.findall(text)]


def unused_templates(names, sources):
    """Templates that no view, no form and no other template names."""
    used = {name for _path, text in sources for name in NAMED.findall(text)} | BY_FRAMEWORK
    return sorted(set(names) - used)


def missing_templates(names, sources):
    """Templates that are named and do not exist."""
    used = {(path, name) for path, text in sources for name in NAMED.findall(text)}
    return sorted(f"{path}: {name}" for path, name in used if name not in names)


def changed_vendor_files(table, folder):
    """Vendored files that differ from their fingerprint, or that one of both sides does not know."""
    told = dict(ROW.findall(table))
    there = {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and PurePosixPath(path).name not in {"LICENSE", "VENDOR.md"}
    }
    return sorted(f"{name}" for name, _hash in told.items() ^ there.items())
