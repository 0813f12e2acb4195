"""Finds the cases in whose complaints a phrase stands, by one of two ways (docs/adr/0017-queue-and-search.md).

Rare grams: the index of grams names the complaints. Common ones: the newest cases are walked and their texts looked into, which
finds a page soon; when it does not, the phrase is rare although its grams are common, and the index does it after all.
"""

from datetime import date

from cases.models import Case, CaseComplaint, Gram
from cases.phrases import Phrase, codes
from cases.querysets import CaseQuerySet
from complaints.models import Complaint
from core.numbering import format_number

from . import orders

RARE = 5000  # texts that hold the rarest gram of a phrase, up to which all of them are looked at
WINDOWS = (600, 6000)  # how many cases are walked before the index is asked after all
SHORT_WINDOW = 20_000  # newest cases that are looked through for a single character
_YEARS = 15


def is_short(phrase: Phrase) -> bool:
    """Whether it has no gram, as a single character has none: only the newest cases are looked through then."""
    return not phrase.grams


def page(rows: CaseQuerySet, phrase: Phrase, walk: orders.Walk, *, today: date, size: int) -> orders.Page:
    """Return one page of those of the cases that the phrase finds."""
    if phrase.number:
        numbered = orders.page(with_number(rows, phrase.number, today), walk, size=size)
        if numbered.rows or "-" in phrase.number:
            return numbered
    if is_short(phrase):
        newest = orders.Walk(walk.order).through(rows)[:SHORT_WINDOW]
        return orders.page(_read(rows.filter(pk__in=newest.values("pk")), phrase), walk, size=size)
    if _is_common(phrase):
        for window in WINDOWS:
            newest = walk.through(rows)[:window]
            found = list(walk.through(_read(rows.filter(pk__in=newest.values("pk")), phrase))[: size + 1])
            if len(found) > size:
                return walk.page(found, size=size)
    return orders.page(by_grams(rows, phrase), walk, size=size)


def with_number(rows: CaseQuerySet, number: str, today: date) -> CaseQuerySet:
    """Return the case with this number, and the one into which it was merged; its last digits alone name one in each year."""
    year, _dash, serial = number.rpartition("-")
    years = [int(year)] if year else range(today.year - _YEARS, today.year + 1)
    numbers = [format_number(one, int(serial)) for one in years]
    joint = CaseComplaint.objects.filter(complaint__number__in=numbers, came_from__isnull=False)
    named = Case.objects.filter(number__in=numbers)
    return rows.filter(pk__in=named.values("pk").union(joint.values("case")))  # an OR would walk all cases


def by_grams(rows: CaseQuerySet, phrase: Phrase) -> CaseQuerySet:
    """Return those that the index of grams finds; what the grams leave open is read in the texts."""
    complaints = Complaint.objects.with_grams(codes(phrase.grams))
    for term in phrase.terms:
        if not term.is_its_gram:
            complaints = complaints.holding(term.text)
    return rows.filter(pk__in=CaseComplaint.objects.filter(complaint__in=complaints.values("pk")).values("case"))


def _read(rows: CaseQuerySet, phrase: Phrase) -> CaseQuerySet:
    """Return those in whose texts every term stands; for few cases only."""
    complaints = Complaint.objects.all()
    for term in phrase.terms:
        complaints = complaints.holding(term.text)
    return rows.filter(links__complaint__in=complaints)


def _is_common(phrase: Phrase) -> bool:
    """Whether even the rarest of its grams stands in many texts."""
    known = dict(Gram.objects.filter(gram__in=phrase.grams).values_list("gram", "texts"))
    return min(known.get(gram, 0) for gram in phrase.grams) > RARE
