"""Puts a notice into words, in its reader's language."""

from collections.abc import Callable, Mapping

from django.template import Context, Engine
from django.utils import translation

from .models import Notice

Secrets = Callable[[str], Mapping[str, str]]
# Port: what a text needs and no notice may store, such as a one-time code; found by the recipient's id at the moment of sending.
_secrets: dict[str, Secrets] = {}


def register_secrets(template: str, secrets: Secrets) -> None:
    """Let a room fill in what the texts of one template must not keep. It raises LookupError when the moment has passed."""
    _secrets[template] = secrets


def render(notice: Notice, language: str) -> tuple[str, str]:
    """Return subject (one line) and text of a notice in a language."""
    secrets = _secrets[notice.template](notice.recipient_id) if notice.template in _secrets else {}
    context = {"facts": notice.facts, "secrets": secrets}
    with translation.override(language):
        subject, body = (_plain(f"notices/{notice.template}{ending}", context) for ending in (".subject.txt", ".txt"))
    return " ".join(subject.split()), body.strip() + "\n"


def _plain(name: str, context: Mapping[str, object]) -> str:
    """Render plain text: nothing is escaped as if it were HTML."""
    return str(Engine.get_default().get_template(name).render(Context(dict(context), autoescape=False)))
