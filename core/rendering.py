"""Puts a notice into words, in its reader's language."""

from django.template.loader import render_to_string
from django.utils import translation

from .models import Notice


def render(notice: Notice, language: str) -> tuple[str, str]:
    """Return subject (one line) and text of a notice in a language."""
    with translation.override(language):
        subject = render_to_string(f"notices/{notice.template}.subject.txt", {"facts": notice.facts})
        body = render_to_string(f"notices/{notice.template}.txt", {"facts": notice.facts})
    return " ".join(subject.split()), body.strip() + "\n"
