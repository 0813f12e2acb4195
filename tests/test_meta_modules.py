"""Every module says what lives there, stays short, and carries no name that says nothing."""

import ast

import pytest

from .source import ROOT, Module, modules, sample

MOST_LINES = 400
# Longer files, each with its reason.
LONG_FILES: dict[str, str] = {
    "cases/actions/__init__.py": "the list of everything that can be done to a case",
    "efficiency_portal/demo_office/matters.py": "the demo's matters, data and nothing else",
    "tests/factories.py": "what every room's tests begin with, found in one place",
}
EMPTY_WORDS = {"util", "utils", "helper", "helpers", "misc", "common"}
EMPTY_ENDINGS = ("Manager", "Service", "Helper", "Processor")
EMPTY_BEGINNINGS = ("process_", "handle_")
# Names that Django or Celery dictate.
DICTATED = {"process_view", "process_exception", "process_template_response", "handle_no_permission"}


def undocumented(module: Module) -> bool:
    """A file without a single statement (an empty __init__.py) has nothing to say."""
    return bool(module.tree.body) and not ast.get_docstring(module.tree)


def empty_names(module: Module) -> list[str]:
    """Names that the house does without because they say nothing about what is done."""
    found = sorted(EMPTY_WORDS & set(module.name.split(".")))
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ClassDef) and node.name.endswith(EMPTY_ENDINGS) and not _is_of_django(node):
            found.append(node.name)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith(EMPTY_BEGINNINGS):
            found.append(node.name)
    return [f"{module.name}: {name}" for name in found if name not in DICTATED]


def _is_of_django(node: ast.ClassDef) -> bool:
    """A model manager is what Django calls it."""
    return any("Manager" in ast.unparse(base) for base in node.bases)


def overlong(files: dict[str, int]) -> list[str]:
    return [f"{name}: {lines} lines" for name, lines in files.items() if lines > MOST_LINES and name not in LONG_FILES]


def source_lengths() -> dict[str, int]:
    places = [*{module.room for module in modules()}, "templates", "tests", "static", "tools"]
    paths = [path for place in sorted(places) for path in (ROOT / place).rglob("*") if path.suffix in {".py", ".html", ".js"}]
    paths = [path for path in paths if "migrations" not in path.parts]  # written by makemigrations
    return {path.relative_to(ROOT).as_posix(): len(path.read_text("utf-8").splitlines()) for path in paths}


def test_every_module_says_what_lives_there():
    assert [module.name for module in modules() if undocumented(module)] == []


def test_no_name_says_nothing():
    assert [line for module in modules() for line in empty_names(module)] == []


def test_no_file_is_overlong():
    assert overlong(source_lengths()) == []


def test_exceptions_for_long_files_are_still_needed():
    lengths = source_lengths()
    assert [name for name in LONG_FILES if lengths.get(name, 0) <= MOST_LINES] == []


@pytest.mark.parametrize(("text", "found"), [("x = 1", True), ('"""What lives here."""\nx = 1', False), ("", False)])
def test_a_module_without_a_word_is_found(text, found):
    assert undocumented(sample("cases.actions", text)) is found


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("cases.utils", ""),
        ("cases.models", "class CaseManager: ..."),
        ("cases.actions", "def handle_case(): ..."),
        ("cases.actions", "class CaseService: ..."),
    ],
)
def test_an_empty_name_is_found(name, text):
    assert empty_names(sample(name, text))


def test_a_long_file_is_found():
    assert overlong({"cases/a.py": 401, "cases/b.py": 400}) == ["cases/a.py: 401 lines"]
