"""What the pages of the templates show."""

from collections.abc import Sequence
from dataclasses import dataclass

from cases.letters import builtin, rendering
from cases.letters.gathering import TemplateAway, content_of, in_use, prefix_of, prefixes
from cases.letters.kinds import SIGNED_BY_LEADER, LetterKind
from cases.letters.placeholders import BODY, TITLES, Placeholder, needed_in, placeholders_of, samples_of
from cases.letters.words import number_in_words
from cases.models import LetterTemplate
from core import clock
from core.papers import Block, paper_of


@dataclass(frozen=True)
class Row:
    """One kind in the list: the version that is used (None: the portal's own) and what its numbers look like."""

    kind: LetterKind
    what_for: str
    active: LetterTemplate | None
    number: str
    by_leader: bool


@dataclass(frozen=True)
class Entry:
    """One placeholder, as the page explains it."""

    placeholder: Placeholder
    is_needed: bool


@dataclass(frozen=True)
class KindPage:
    """All that the page of one kind shows; `trial` is a letter with invented values."""

    row: Row
    prefix: str
    entries: Sequence[Entry]
    versions: Sequence[LetterTemplate]
    trial: Sequence[Block]
    begins: str = f"{{%p if {BODY} %}}"  # the two tags around a paragraph that may be left out
    ends: str = "{%p endif %}"


def rows() -> list[Row]:
    """Return every kind; two queries."""
    active = {one.kind: one for one in LetterTemplate.objects.filter(is_active=True).select_related("uploaded_by")}
    chosen = prefixes()
    return [_row(kind, active.get(kind), chosen[kind]) for kind in LetterKind]


def kind_page(kind: LetterKind) -> KindPage:
    """Return the page of one kind."""
    versions = list(LetterTemplate.objects.filter(kind=kind).select_related("uploaded_by", "file").order_by("-number"))
    needed, prefix = needed_in(kind), prefix_of(kind)
    return KindPage(
        row=_row(kind, next((one for one in versions if one.is_active), None), prefix),
        prefix=prefix,
        entries=[Entry(one, one.name in needed) for one in placeholders_of(kind).values()],
        versions=versions,
        trial=_trial(kind),
    )


def document_of(kind: LetterKind, number: int) -> bytes | None:
    """Return the Word file of one version, 0 for the portal's own; None when there is none, or it cannot be opened."""
    if number == 0:
        return builtin.template_of(kind)
    row = LetterTemplate.objects.select_related("file").filter(kind=kind, number=number).first()
    try:
        return content_of(row) if row else None
    except TemplateAway:
        return None


def _row(kind: LetterKind, active: LetterTemplate | None, prefix: str) -> Row:
    number = number_in_words(prefix, clock.today().year, 1)
    return Row(kind, str(TITLES[kind]), active, number, kind in SIGNED_BY_LEADER)


def _trial(kind: LetterKind) -> list[Block]:
    try:
        return paper_of(rendering.rendered(in_use(kind).content, samples_of(kind)))
    except TemplateAway:
        return []
