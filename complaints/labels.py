"""How agencies, categories and choices are named to the public, in the reader's language."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import get_language, gettext, pgettext

from agencies.models import Agency

from .categories import BEHAVIOURS, BY_CODE, Category
from .models import Kind
from .wording import one_line


@dataclass(frozen=True)
class Worded:
    """The label of a choice: its words, something beside them in grey, a second line."""

    words: str
    aside: str = ""
    hint: str = ""

    def __str__(self) -> str:
        """Return the words alone."""
        return self.words


def agency_name(agency: Agency) -> str:
    """Return the agency's name, in English where the reader reads English and there is one."""
    return agency.name_en if get_language() == "en" and agency.name_en else agency.name


def agency_hint(agency: Agency) -> str:
    """Return what tells agencies of similar names apart: the sort, the body it belongs to, what it does."""
    parent = gettext("part of %(agency)s") % {"agency": agency_name(agency.parent)} if agency.parent else ""
    duties = agency.duties if get_language() != "en" else ""
    return " · ".join(part for part in (str(agency.get_kind_display()), parent, duties) if part)


def agency_words(agency: Agency | None, words: str) -> str:
    """Return the agency's name or, when it is not known, how the filer described the place."""
    return agency_name(agency) if agency else one_line(words)


def kind_noun(kind: str) -> str:
    """Return what was lodged as a noun inside a sentence: complaint, report or tip."""
    nouns = {
        Kind.COMPLAINT: pgettext("in a sentence", "complaint"),
        Kind.REPORT: pgettext("in a sentence", "report"),
        Kind.TIP: pgettext("in a sentence", "tip"),
    }
    return nouns[Kind(kind)]


def category_plain(code: int) -> str:
    """Return the category as people say it."""
    return str(BY_CODE[code].plain) if code in BY_CODE else gettext("Not sure, or none of the seven")


def category_official(code: int) -> str:
    """Return the category's official name; for 0, that the office will decide."""
    return str(BY_CODE[code].official) if code in BY_CODE else gettext("The office sorts it")


def categories_plain(codes: Iterable[int]) -> str:
    """Return several categories as people say them."""
    return enumerated([category_plain(code) for code in codes])


def categories_official(main: int, further: Iterable[int]) -> str:
    """Return the official names of the main category and the further ones, the main one first."""
    return enumerated([category_official(code) for code in (main, *further)])


def everyday(category: Category) -> str:
    """Return what a category looks like in everyday life, on one line."""
    between = "；" if (get_language() or "").startswith("zh") else ". "
    return between.join(str(one) for one in category.everyday)


def behaviour_names(codes: Sequence[str]) -> str:
    """Return the behaviours as one enumeration."""
    return enumerated([str(BEHAVIOURS[code].label) for code in codes if code in BEHAVIOURS])


def enumerated(words: Iterable[str]) -> str:
    """Join words as the reader's language enumerates."""
    return ("、" if (get_language() or "").startswith("zh") else ", ").join(words)
