"""Finds the agency that somebody means by what they type: name, short name, other name, pinyin initials, or something like it."""

from collections.abc import Iterable

from django.conf import settings
from django.db.models import Q

from agencies.models import Agency

MOST = 12
_FEWEST_SHARED = 1


def matching(words: str) -> list[Agency]:
    """Return the agencies that exist today and are meant by these words, best first, at most 12."""
    words = words.strip()
    bare = words.removeprefix(settings.OFFICE["county"]).strip() or words
    existing = Agency.objects.open().select_related("parent")
    for spelling in dict.fromkeys((words, bare)):
        found = list(existing.found_by(spelling)[:MOST])
        if found:
            return found
    english = (
        list(existing.filter(Q(name_en__icontains=words)).order_by("depth", "sort", "pk")[:MOST])
        if words.isascii() and words
        else []
    )
    return english or _alike(bare, list(existing))


def named(words: str, agencies: Iterable[Agency]) -> Agency | None:
    """Return the one agency with exactly this name, short name, other or English name; None when there is none, or several."""
    wanted = _bare(words)
    found = [one for one in agencies if wanted and wanted in {_bare(name) for name in _names(one)}]
    return found[0] if len(found) == 1 else None


def containing(words: str) -> list[Agency]:
    """Return the agencies whose names hold these words, without those that only resemble them."""
    return list(Agency.objects.open().select_related("parent").found_by(words)[:MOST])


def _names(agency: Agency) -> list[str]:
    return [agency.name, agency.short_name, agency.name_en, *agency.aliases.replace("，", ",").split(",")]


def _bare(name: str) -> str:
    return name.strip().removeprefix(settings.OFFICE["county"]).strip().casefold()


def _alike(words: str, agencies: list[Agency]) -> list[Agency]:
    """Return those that share the most pairs of neighbouring characters with the words: “住建局窗口” finds 住建局."""
    wanted = _pairs(words)
    scored = [(len(wanted & _pairs(f"{one.short_name} {one.name} {one.aliases}")), one) for one in agencies]
    best = max((score for score, _agency in scored), default=0)
    return [one for score, one in scored if score == best][:MOST] if best >= _FEWEST_SHARED and wanted else []


def _pairs(text: str) -> set[str]:
    """Return all pairs of neighbouring Chinese characters."""
    return {text[n : n + 2] for n in range(len(text) - 1) if not text[n : n + 2].isascii() and text[n : n + 2].isalnum()}
