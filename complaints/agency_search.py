"""Finds the agency that somebody means by what they type: name, short name, other name, pinyin initials, or something like it."""

from collections.abc import Iterable
from operator import attrgetter

from django.conf import settings
from django.db.models import Case, IntegerField, Q, Value, When
from django.db.models.functions import Concat

from agencies.models import Agency
from agencies.querysets import named_like

MOST = 12
LONGEST = 60
_FEWEST_SHARED = 1
_way = attrgetter("way")


def matching(words: str) -> list[Agency]:
    """Return the agencies that exist today and are meant by these words, best first, at most 12; in two queries at most.

    By the whole words, else without the county's name before them, else by the English name, else what resembles them.
    """
    words = words.strip()[:LONGEST]
    bare = words.removeprefix(settings.OFFICE["county"]).strip() or words
    if not words:
        return []
    ways = [named_like(words), named_like(bare), *([Q(name_en__icontains=words)] if words.isascii() else [])]
    way = Case(*(When(hit, then=Value(place)) for place, hit in enumerate(ways)), output_field=IntegerField())
    found = Agency.objects.open().select_related("parent").annotate(way=way).filter(way__isnull=False)
    best = list(found.order_by("way", "depth", "sort", "pk")[:MOST])
    return [one for one in best if _way(one) == _way(best[0])] or _alike(bare)


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


def _alike(words: str) -> list[Agency]:
    """Return those that share the most pairs of neighbouring characters with the words: “住建局窗口” finds 住建局."""
    wanted = _pairs(words)
    if not wanted:
        return []
    text = Concat("short_name", Value(" "), "name", Value(" "), "aliases")
    sharing = Agency.objects.open().select_related("parent").annotate(text=text).filter(text__regex="|".join(sorted(wanted)))
    scored = [(len(wanted & _pairs(f"{one.short_name} {one.name} {one.aliases}")), one) for one in sharing.order_by("pk")]
    best = max((score for score, _agency in scored), default=0)
    return [one for score, one in scored if score == best][:MOST] if best >= _FEWEST_SHARED else []


def _pairs(text: str) -> set[str]:
    """Return all pairs of neighbouring Chinese characters."""
    return {text[n : n + 2] for n in range(len(text) - 1) if not text[n : n + 2].isascii() and text[n : n + 2].isalnum()}
