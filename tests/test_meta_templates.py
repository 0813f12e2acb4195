"""Templates compile, and carry no inline style, no inline script and no unescaped text."""

import re

import pytest
from django.template import TemplateSyntaxError, engines
from django.template.loader import get_template

from .source import ROOT

FORBIDDEN = {
    "inline style": re.compile(r"<[^>]*\sstyle\s*=|<style\b", re.IGNORECASE),
    "inline script": re.compile(r"<script\b(?![^>]*\bsrc\s*=)|<[^>]*\son[a-z]+\s*=|\bjavascript:", re.IGNORECASE),
    "unescaped text": re.compile(r"\|\s*safe(?:seq)?\b|\{%-?\s*autoescape\s+off"),
    "another's address": re.compile(
        r"<(?:script|link|img|iframe)\b[^>]*\s(?:src|href)\s*=\s*[\"']?(?:https?:)?//", re.IGNORECASE
    ),
}
COMMENT = re.compile(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}|<!--.*?-->", re.DOTALL)
NAMED = re.compile(r"\{%\s*(?:extends|include)\s+[\"']([^\"']+)[\"']")
TEMPLATES = sorted((ROOT / "templates").rglob("*.*"))
PLAIN_TEXT = {".txt"}  # mails and messages are not HTML; their templates turn escaping off


def faults(text: str, *, plain: bool = False) -> list[str]:
    bare = COMMENT.sub("", text)
    return [name for name, pattern in FORBIDDEN.items() if not plain and pattern.search(bare)]


def test_templates_have_nothing_inline():
    found = {path.name: faults(path.read_text("utf-8"), plain=path.suffix in PLAIN_TEXT) for path in TEMPLATES}
    assert {name: what for name, what in found.items() if what} == {}


@pytest.mark.parametrize("name", [path.relative_to(ROOT / "templates").as_posix() for path in TEMPLATES])
def test_template_compiles(name):
    get_template(name)  # raises when it does not


@pytest.mark.parametrize("name", sorted({name for path in TEMPLATES for name in NAMED.findall(path.read_text("utf-8"))}))
def test_template_named_by_another_exists(name):
    get_template(name)  # raises when it does not


def test_a_template_that_does_not_compile_is_found():
    with pytest.raises(TemplateSyntaxError):
        engines["django"].from_string("{% if open %}")


@pytest.mark.parametrize(
    "text",
    [
        '<p style="color: red">',
        "<style>p {}</style>",
        "<script>alert(1)</script>",
        "<button onclick='x()'>",
        '<a href="javascript:x()">',
        "{{ text|safe }}",
        "{{ text | safe }}",
        "{% autoescape off %}{{ text }}{% endautoescape %}",
        '<script src="https://cdn.example/x.js"></script>',
        '<img alt="" src="//cdn.example/x.png">',
    ],
)
def test_a_faulty_template_is_found(text):
    assert faults(text)


@pytest.mark.parametrize(
    "text",
    [
        "<script src=\"{% static 'a.js' %}\" defer></script>",
        "{# never |safe #}",
        '<p class="style">on the safe side</p>',
        '<link rel="stylesheet" href="{% static \'portal.css\' %}">',
    ],
)
def test_a_proper_template_passes(text):
    assert faults(text) == []
