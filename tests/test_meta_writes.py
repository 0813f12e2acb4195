"""Only actions write to the database: a walk over every module for calls that save, create, update or delete rows."""

import ast

import pytest

from .source import Module, called_name, modules, sample

# Layers whose very purpose is to write.
WRITING_LAYERS = {"actions", "management", "demo_office"}
# The shared mechanisms: each owns its table, and actions call it inside their transaction.
MECHANISMS = {
    "core.events": "appends to the event log",
    "core.notices": "writes a notice with its inbox item and deliveries",
    "core.digests": "takes mails back that wait and leave as one",
    "core.deliveries": "claims deliveries and keeps their outcome",
    "core.counting": "asks in one statement how many rows there are of several sorts",
    "core.numbering": "draws the next number without a gap",
    "supervisors.auditing.checks": "asks the database itself, in SQL, whether the books agree",
    "core.files.storing": "keeps an upload and its row together",
    "core.files.scanning": "keeps the scanner's verdict",
    "core.recovery.archive": "reads the tables for a backup in one snapshot",
    "core.recovery.digests": "asks in SQL what each table holds",
    "core.recovery.scratch": "makes and empties the databases that a backup is restored into",
    "core.transparency.growing": "appends to the transparency log and signs its heads",
    "core.demo": "keeps what would have left the house, in demo mode",
    "efficiency_portal.health": "asks the database whether it is there",
    "efficiency_portal.stack.servers": "creates the portal's database in a fresh embedded server",
}
ALWAYS = {"bulk_create", "bulk_update", "get_or_create", "update_or_create", "_raw_delete", "execute", "executemany"}
KEYWORDS_ONLY = {"create", "update"}  # dict.update(other) and digest.update(data) take a positional argument
NO_POSITIONAL = {"save", "delete"}  # image.save(path) and cache.delete(key) take one


def writes(module: Module) -> list[str]:
    """The calls in a module that write rows, as "line: call"."""
    return [f"{module.name}:{call.lineno}: {called_name(call)}" for call in module.calls() if _writes(call)]


def _writes(call: ast.Call) -> bool:
    if not isinstance(call.func, ast.Attribute):
        return False
    name = call.func.attr
    name = name[1:] if name.startswith("a") and name[1:] in ALWAYS | KEYWORDS_ONLY | NO_POSITIONAL else name
    if name in ALWAYS:
        return True
    return not call.args and (name in NO_POSITIONAL or (name in KEYWORDS_ONLY and bool(call.keywords)))


def may_write(module: Module) -> bool:
    """By a part of its name inside the room: "cases.actions.intake" and "cases.importing.actions" are actions."""
    return bool(WRITING_LAYERS & set(module.layers)) or module.name in MECHANISMS


def test_only_actions_and_mechanisms_write():
    found = [line for module in modules() if not may_write(module) for line in writes(module)]
    assert found == []


def test_every_listed_mechanism_exists_and_writes():
    writing = {module.name for module in modules() if writes(module)}
    assert MECHANISMS.keys() - writing == set()


@pytest.mark.parametrize(
    "line",
    [
        "case.save()",
        "case.save(update_fields=['status'])",
        "Case.objects.create(status='new')",
        "Case.objects.filter(pk=1).update(status='new')",
        "Case.objects.all().delete()",
        "Case.objects.bulk_create([])",
        "await Case.objects.aupdate_or_create(pk=1)",
        "form.save()",
        "cursor.execute('DELETE FROM cases_case')",
    ],
)
def test_a_writing_view_is_found(line):
    assert writes(sample("cases.views", f"async def f():\n    {line}"))


@pytest.mark.parametrize("line", ["{}.update(other)", "digest.update(b'x')", "image.save(path)", "cache.delete('key')", "save()"])
def test_calls_that_only_look_like_writes_pass(line):
    assert writes(sample("cases.views", line)) == []


@pytest.mark.parametrize(
    ("name", "allowed"), [("cases.actions.intake", True), ("cases.importing.actions", True), ("cases.views", False)]
)
def test_permission_to_write_goes_by_layer(name, allowed):
    assert may_write(sample(name, "")) is allowed
