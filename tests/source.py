"""The project's own source as the meta-tests read it: every room's modules, parsed."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from textwrap import dedent

from django.conf import settings

ROOT = Path(__file__).resolve().parent.parent
ROOMS = tuple(name for name in settings.INSTALLED_APPS if (ROOT / name / "__init__.py").exists())


@dataclass(frozen=True)
class Module:
    """One Python file: its dotted name, its text and its tree."""

    name: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @property
    def room(self) -> str:
        return self.name.split(".")[0]

    @property
    def layers(self) -> list[str]:
        """The name's parts inside the room: "cases.actions.intake" has "actions" and "intake"."""
        return self.name.split(".")[1:]

    @property
    def layer(self) -> str:
        """The first part inside the room, by which STYLE rules go: actions, views, …"""
        return (self.layers or ["__init__"])[0]

    def calls(self) -> Iterator[ast.Call]:
        return (node for node in ast.walk(self.tree) if isinstance(node, ast.Call))

    def imports(self) -> set[str]:
        """Everything imported when the program runs, as absolute dotted names; type hints alone do not count."""
        hints = {id(inner) for node in ast.walk(self.tree) if _is_hint_block(node) for inner in ast.walk(node)}
        found: set[str] = set()
        for node in ast.walk(self.tree):
            if id(node) in hints:
                continue
            if isinstance(node, ast.Import):
                found |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                base = self._absolute(node)
                found |= {f"{base}.{alias.name}" for alias in node.names} | {base}
        return found

    def _absolute(self, node: ast.ImportFrom) -> str:
        above = self.name.split(".")[: -node.level] if node.level else []
        return ".".join([*above, *filter(None, [node.module])])


def _is_hint_block(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING")


@cache
def modules() -> tuple[Module, ...]:
    """All modules of the rooms but migrations."""
    paths = [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py")) if "migrations" not in path.parts]
    return tuple(Module(_dotted(path), path.read_text("utf-8")) for path in paths)


def _dotted(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" and len(parts) > 2 else parts)


def sample(name: str, text: str) -> Module:
    """A made-up module, to show that a rule can fail."""
    return Module(name, dedent(text))


def called_name(call: ast.Call) -> str:
    """The last name of what is called: `Case.objects.filter(…)` gives "filter"."""
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""
