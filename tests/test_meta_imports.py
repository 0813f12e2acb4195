"""What a layer may know: rules know no web, tables or clock; forms and actions know no web."""

import ast

import pytest

from .source import Module, called_name, modules, sample

RULES = {"workflow", "deadlines", "eligibility", "workdays", "reminders", "categories", "likeness", "comparing"}
WEB = ("django.http", "django.shortcuts", "django.contrib.messages", "django.template.response")
TABLES = ("django.db.connection", "django.db.connections", "django.db.transaction", "django.contrib.auth")
CLOCKS = ("core.clock", "time", "django.utils.timezone")
CLOCK_CALLS = {"now", "today", "utcnow", "localdate", "localtime"}
FORBIDDEN = {
    **dict.fromkeys(RULES, (*WEB, *TABLES, *CLOCKS)),
    "forms": WEB,
    "actions": (*WEB, "django.forms"),
    "notifications": WEB,
    "permissions": WEB,
    "querysets": WEB,
    "models": WEB,
}


def forbidden_knowledge(module: Module) -> list[str]:
    """What the module imports or asks that its layer must not."""
    banned = FORBIDDEN.get(module.layer, ())
    found = {name for name in module.imports() if any(name == root or name.startswith(f"{root}.") for root in banned)}
    if module.layer in RULES:
        found |= {name for name in module.imports() if name.endswith(".models") and name != "django.db.models"}
        found |= {f"{ast.unparse(call.func)}()" for call in module.calls() if _reads_clock(call)}
    return [f"{module.name}: {name}" for name in sorted(found)]


def _reads_clock(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Attribute) and called_name(call) in CLOCK_CALLS and not call.args


def test_layers_know_only_what_they_may():
    assert [line for module in modules() for line in forbidden_knowledge(module)] == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("cases.workflow", "from django.http import Http404"),
        ("cases.workflow", "from .models import Case"),
        ("cases.workflow.table", "from cases import models"),
        ("cases.deadlines", "from core import clock"),
        ("cases.deadlines", "def f():\n    return datetime.now()"),
        ("core.workdays", "def f():\n    return date.today()"),
        ("cases.eligibility", "from django.utils import timezone"),
        ("cases.forms", "from django.http import HttpRequest"),
        ("cases.actions", "from django.contrib import messages"),
        ("cases.actions.intake", "import django.http"),
        ("cases.actions", "from django.shortcuts import redirect"),
    ],
)
def test_forbidden_knowledge_is_found(name, text):
    assert forbidden_knowledge(sample(name, text))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("cases.workflow", "from django.db.models import TextChoices"),
        ("cases.querysets", "if TYPE_CHECKING:\n    from django.http import HttpRequest"),
        ("cases.actions", "from core import clock"),
        ("cases.views", "from django.http import HttpRequest"),
    ],
)
def test_permitted_knowledge_passes(name, text):
    assert forbidden_knowledge(sample(name, text)) == []
