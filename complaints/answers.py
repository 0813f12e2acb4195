"""What a citizen has typed so far, by step, exactly as it stands in the controls; sealed in the draft."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.datastructures import MultiValueDict

from core import vault

from .models import Draft

Typed = dict[str, list[str]]
MOST_CHARACTERS = 10_000
MOST_VALUES = 60


@dataclass(frozen=True)
class Answers:
    """All steps' answers; a step that was never shown is missing."""

    steps: Mapping[str, Typed] = field(default_factory=dict)

    def of(self, slug: str) -> MultiValueDict[str, str] | None:
        """Return one step's answers as a form takes them."""
        return MultiValueDict(self.steps[slug]) if slug in self.steps else None

    def first(self, slug: str, name: str) -> str:
        """Return the single value of one control, or an empty text."""
        values = self.steps.get(slug, {}).get(name, [])
        return values[-1] if values else ""

    def fingerprint(self, slug: str) -> str:
        """Return a short hash of what a step holds; by it a page knows later whether the step was changed elsewhere."""
        return hashlib.sha256(json.dumps(self.steps.get(slug, {}), sort_keys=True).encode()).hexdigest()[:16]

    def having(self, slug: str, typed: Typed) -> "Answers":
        """Return the answers with one step's replaced."""
        return Answers({**self.steps, slug: typed})


def answers_of(draft: Draft | None) -> Answers:
    """Open a draft's answers."""
    if draft is None:
        return Answers()
    return Answers(json.loads(vault.open_sealed(draft.answers_sealed, row=draft.vault_row, column="answers")))


def sealed(answers: Answers, draft: Draft) -> bytes:
    """Seal answers for a draft."""
    return vault.seal(json.dumps(dict(answers.steps), ensure_ascii=False), row=draft.vault_row, column="answers")
