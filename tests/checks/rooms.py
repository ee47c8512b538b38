"""What each room may do: who writes, who reads the clock, who reaches a case, what stays pure."""

import ast
import re
import tomllib

WRITES = frozenset(
    {
        *("abulk_create", "acreate", "adelete", "asave", "aupdate", "bulk_create", "bulk_update", "create"),
        *("delete", "get_or_create", "save", "update", "update_or_create"),
    }
)
WRITERS = re.compile(
    r"^(?:cases|procedures|staff)/(?:"
    r"(?:actions|documents|generator|notices)(?:\.py|/.*)|"
    r"(?:reminders|tasks|numbering|history|mirror|heartbeats|imports|pruning|reference|demo)\.py|"
    r"access_log\.py|management/.*)$"
)
ENTRY_POINTS = re.compile(
    r"^(?:config/.*|(?:cases|procedures|staff)/(?:"
    r"(?:views|api|management)/.*|(?:backends|middleware|tasks|nightly|context|landing)\.py))$"
)
PAGES = re.compile(r"^cases/(?:(?:views|api|forms)(?:\.py|/.*)|context\.py)$")
CLOCK = "staff/clock.py"
MOMENTS = frozenset(
    {("datetime", "now"), ("datetime", "utcnow"), ("date", "today"), ("datetime", "today")}
) | {
    ("timezone", "now"),
    ("timezone", "localdate"),
    ("timezone", "localtime"),
    ("time", "time"),
}
DOORS = {
    "CaseFile": frozenset({"visible_to"}),
    "CaseParty": frozenset({"visible_to", "cases_of"}),
    "Case": frozenset({"visible_to", "at_till_of", "for_tracking"}),
    "Draft": frozenset({"waiting_for"}),
    "ReceptionSlip": frozenset({"visible_to"}),
    "ForeignReception": frozenset({"visible_to"}),
    "PaperHandover": frozenset({"visible_to"}),
    "TypedDraft": frozenset({"of"}),
    "Webhook": frozenset({"of"}),
    "OfficerNotice": frozenset({"newest_of", "unread_at", "unread_of"}),
}
IMPURE_NAMES = frozenset({"connection", "connections", "request", "transaction"})
IMPURE_ATTRIBUTES = frozenset(
    {
        *("_base_manager", "_default_manager", "cursor", "objects", "prefetch_related", "refresh_from_db"),
        "select_related",
    }
)
IMPURE_MODULES = frozenset({"actions", "forms", "models", "queries", "tasks", "views", "api"})


def stray_writes(path, text):
    """Writes to the database outside the rooms that write."""
    if WRITERS.match(path) or path.startswith("config/"):
        return []
    return [
        f"{path}:{node.lineno}: .{node.func.attr}("
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in WRITES
        # A dictionary is updated from a value, rows are updated by keywords.
        and not (node.func.attr == "update" and node.args)
    ]


def unguarded_cases(path, text, *, models):
    """Rows of cases that a page reaches past the doors that know the actor.

    Args:
        models: the names of all models of cases.
    """
    if not PAGES.match(path):
        return []
    tree = ast.parse(text)
    through_doors = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and _is_manager(node.value)
        and node.value.attr == "objects"
        and node.attr in DOORS.get(node.value.value.id, ())
    }
    found = [
        node
        for node in ast.walk(tree)
        if _is_manager(node) and node.value.id in models and id(node) not in through_doors
    ]
    found += [
        argument
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "").endswith("_or_404")
        for argument in node.args
        if isinstance(argument, ast.Name) and argument.id in models
    ]
    return [f"{path}:{node.lineno}: {ast.unparse(node)}" for node in found]


def _is_manager(node):
    return (
        isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.attr in {"objects", "_default_manager", "_base_manager"}
    )


def models_of(sources):
    """The names of the models that these modules define."""
    return {
        node.name
        for _path, text in sources
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.ClassDef)
        and any(ast.unparse(base) in {"models.Model", "Model"} for base in node.bases)
    }


def stray_clocks(path, text):
    """Readers of the clock other than `staff.clock`, and readers of that one below the entry points."""
    found = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom) and node.module == "staff.clock":
            found += [node for alias in node.names if alias.name == "now"]
        if not isinstance(node, ast.Attribute):
            continue
        asked = (ast.unparse(node.value).rpartition(".")[2], node.attr)
        is_ours = asked == ("clock", "now")
        if (asked in MOMENTS and path != CLOCK) or (is_ours and not ENTRY_POINTS.match(path)):
            found.append(node)
    return [f"{path}:{node.lineno}: {ast.unparse(node)}" for node in found]


def impurities(path, text):
    """What a rule may not know: the database, the request, the rooms above it."""
    found = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Name | ast.arg):
            if (node.id if isinstance(node, ast.Name) else node.arg) in IMPURE_NAMES:
                found.append(node)
        elif isinstance(node, ast.Attribute):
            if node.attr in IMPURE_ATTRIBUTES:
                found.append(node)
        elif isinstance(node, ast.ImportFrom) and _is_impure(node):
            found.append(node)
    return [f"{path}:{node.lineno}: {ast.unparse(node)}" for node in found]


def _is_impure(node):
    app, _, room = (node.module or "").partition(".")
    names = {alias.name for alias in node.names}
    if app == "django":
        return room.startswith("db") and bool(names & (IMPURE_NAMES | {"models", "Model", "QuerySet"}))
    return app in {"cases", "procedures", "staff"} and bool(
        {room.partition(".")[0]} & IMPURE_MODULES or (not room and names & IMPURE_MODULES)
    )


def rules_of(pyproject):
    """The modules that the contract "Rules stay pure" names, as paths."""
    contracts = tomllib.loads(pyproject)["tool"]["importlinter"]["contracts"]
    [rules] = [one["source_modules"] for one in contracts if one["name"] == "Rules stay pure"]
    return [f"{module.replace('.', '/')}.py" for module in rules]
