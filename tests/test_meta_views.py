"""Views are short and get rows by visible_to() and for_list() only."""

import ast
from collections.abc import Iterator

import pytest

from .source import Module, called_name, modules, sample

MOST_LINES = 15
VISIBLE = {"visible_to", "for_list"}
NARROWING = {"filter", "exclude", "distinct", "order_by", "only", "defer", "union"}
JOINING = {"annotate", "alias", "aggregate", "select_related", "prefetch_related", "select_for_update"}
FETCHING = {"values", "values_list", "raw", "in_bulk"}
WITHOUT_ARGUMENTS = {"count", "exists", "first", "last", "latest", "earliest"}  # list.count(x) has one


def functions(module: Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(module.tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from the signature to the end; decorators and the docstring are free."""
    documented = ast.get_docstring(function, clean=False) is not None
    text = function.body[0]
    free = (text.end_lineno or text.lineno) - text.lineno + 1 if documented else 0
    return (function.end_lineno or function.lineno) - function.lineno + 1 - free


def too_long(module: Module) -> list[str]:
    return [f"{module.name}.{one.name}: {length(one)} lines" for one in functions(module) if length(one) > MOST_LINES]


def own_queries(module: Module) -> list[str]:
    """ORM use in a view other than asking for the rows a user may see."""
    nodes = [node for node in ast.walk(module.tree) if isinstance(node, ast.Attribute | ast.Call)]
    return [f"{module.name}:{node.lineno}: {ast.unparse(node)}" for node in nodes if _queries(node)]


def _queries(node: ast.Attribute | ast.Call) -> bool:
    if isinstance(node, ast.Attribute):  # anything.objects.method where the method is not one of the two
        manager = isinstance(node.value, ast.Attribute) and node.value.attr in {"objects", "_default_manager"}
        return manager and node.attr not in VISIBLE
    name = called_name(node)
    if name in {"get_object_or_404", "get_list_or_404"}:
        return bool(node.args) and isinstance(node.args[0], ast.Name | ast.Attribute)  # a bare model, so every row
    if not isinstance(node.func, ast.Attribute):
        return False
    if name == "get":
        return not node.args and bool(node.keywords)
    if name == "values":  # dict.values() takes none
        return bool(node.args or node.keywords)
    return name in NARROWING | JOINING | FETCHING or (name in WITHOUT_ARGUMENTS and not node.args)


def views() -> list[Module]:
    return [module for module in modules() if module.layer == "views"]


def test_views_are_short():
    assert [line for module in views() for line in too_long(module)] == []


def test_views_ask_only_for_rows_the_user_may_see():
    assert [line for module in views() for line in own_queries(module)] == []


@pytest.mark.parametrize(("lines", "found"), [(14, 0), (15, 1)])
def test_a_long_view_is_found(lines, found):
    body = "\n".join(f"    a = {number}" for number in range(lines))
    assert len(too_long(sample("cases.views", f'@decorated\ndef view(request):\n    """Say."""\n{body}'))) == found


@pytest.mark.parametrize(
    "text",
    [
        "Case.objects.filter(pk=1)",
        "Case.objects.get(pk=1)",
        "Case.objects.all()",
        "Case.objects.visible_to(user).filter(status=1)",
        "case.events.order_by('at')",
        "case.events.count()",
        "case.events.get(pk=1)",
        "get_object_or_404(Case, pk=1)",
    ],
)
def test_a_view_with_its_own_query_is_found(text):
    assert own_queries(sample("cases.views", text))


@pytest.mark.parametrize(
    "text",
    [
        "get_object_or_404(Case.objects.visible_to(user), pk=1)",
        "Case.objects.for_list()",
        "request.GET.get('page')",
        "[1].count(1)",
    ],
)
def test_a_proper_view_passes(text):
    assert own_queries(sample("cases.views", text)) == []
