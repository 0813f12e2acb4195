"""The seven problem categories and the behaviours that the founding document names, in plain words and in the official ones."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise
NOT_SURE = 0
DISCIPLINE = 5
# Behaviours of category 7 that are breaches of political discipline by their very words: obeying in public and
# defying in private (阳奉阴违), leaving the line of higher bodies (不与上级组织保持一致), setting up own rules (另搞一套).
# The source is the part on political discipline of 《中国共产党纪律处分条例》, which names all three; no article is
# given here because they are renumbered from edition to edition. The other behaviours of the category (bargaining,
# watering down) are dealt with by the office unless an officer refers them.
DISCIPLINE_BEHAVIOURS = frozenset(["7b", "7d", "7e"])


@dataclass(frozen=True)
class Behaviour:
    """One behaviour within a category; `code` like `4b` is what rows store."""

    code: str
    label: Text


@dataclass(frozen=True)
class Category:
    """One of the seven: `plain` is how people say it, `official` the founding document's term.

    `examples` is its gist; `everyday` are cases as they happen at a counter, for who wonders whether his own is one of them.
    """

    code: int
    plain: Text
    official: Text
    examples: Text
    everyday: tuple[Text, ...]
    behaviours: tuple[Behaviour, ...]


def _behaviours(code: int, *labels: Text) -> tuple[Behaviour, ...]:
    return tuple(Behaviour(f"{code}{letter}", label) for letter, label in zip("abcdefgh", labels, strict=False))


CATEGORIES: tuple[Category, ...] = (
    Category(
        1,
        _("They don't do what they must"),
        _("Failure to act"),
        _("Duties left undone, pressing problems left alone"),
        (
            _("Three calls about a wall that is about to fall, and nobody comes"),
            _("An application lies there for months without a yes or a no"),
            _("An inspector sees the breach and leaves it at that"),
        ),
        _behaviours(1, _("Duty not done"), _("Duty done wrongly"), _("Pressing problems not dealt with in time")),
    ),
    Category(
        2,
        _("They do what they must not"),
        _("Wrongful action"),
        _("Arbitrary inspections, fees, fines or levies, unfair enforcement"),
        (
            _("A fee that stands in no list and for which there is no receipt"),
            _("The third inspection of one shop within a month"),
            _("A fine for you, none for the shop next door"),
        ),
        _behaviours(
            2,
            _("Irregular conduct"),
            _("Lax enforcement"),
            _("Unfair treatment"),
            _("Arbitrary inspections"),
            _("Arbitrary levies"),
            _("Arbitrary fees"),
            _("Arbitrary fines"),
        ),
    ),
    Category(
        3,
        _("They are rude or make trouble"),
        _("Bad service attitude"),
        _("Doors hard to enter, cold faces, harsh words, insults"),
        (
            _("The window is empty during opening hours"),
            _("“Can't you read?”, and the papers come flying back"),
            _("A form is refused again and again for another trifle"),
        ),
        _behaviours(
            3,
            _("Doors hard to enter"),
            _("Cold faces"),
            _("Harsh words"),
            _("Everything made difficult"),
            _("Careless service"),
            _("Making things hard on purpose"),
            _("Insults"),
        ),
    ),
    Category(
        4,
        _("They pass the buck and drag it out"),
        _("Low efficiency"),
        _("Passing the buck, missed time limits, promises not kept"),
        (
            _("Window A sends you to B, and B back to A"),
            _("“Five working days” have become five weeks"),
            _("It was to be put right by May, and nothing has happened"),
        ),
        _behaviours(
            4,
            _("Passing the buck"),
            _("Endless wrangling"),
            _("Dragging it out"),
            _("Promises not kept"),
            _("Corrections not carried out"),
        ),
    ),
    Category(
        5,
        _("They ask for favours or money"),
        _("Lack of integrity"),
        _("Using power for private gain, extortion, competing with the people for profit"),
        (
            _("“It would go faster with a little present”"),
            _("You are to buy from a relative of the person in charge"),
            _("The meal during the inspection is on you"),
        ),
        _behaviours(
            5,
            _("Using power for private gain"),
            _("Abusing power to extort"),
            _("Demanding meals, goods or bribes"),
            _("Competing with the people for profit"),
        ),
    ),
    Category(
        6,
        _("They sit it out"),
        _("Lack of commitment"),
        _("No will to work, work done badly, just getting by"),
        (
            _("Games on the computer, and a queue before it"),
            _("Your letter is answered with a sentence that fits everybody"),
            _("The same mistake in your papers for the third time"),
        ),
        _behaviours(
            6,
            _("No will to work"),
            _("Work done badly"),
            _("Just getting by"),
            _("No will to improve"),
            _("Seeking ease and pleasure"),
        ),
    ),
    Category(
        7,
        _("The policy is watered down here"),
        _("Orders and policies obstructed"),
        _("Policies from above met by tricks below, own rules set up"),
        (
            _("The state has abolished a paper, here they still want it"),
            _("A subsidy is in the news, and here “we know nothing of it”"),
            _("The order from above is hung up and not carried out"),
        ),
        _behaviours(
            7,
            _("Policies from above met by tricks below"),
            _("Obeying in public, defying in private"),
            _("Bargaining and excuses"),
            _("Out of line with higher bodies"),
            _("Setting up own rules"),
            _("Watering policies down"),
        ),
    ),
)


def is_discipline(category: int, behaviours: Iterable[str]) -> bool:
    """Tell whether a matter is first of all one of discipline, over which the office has no power of its own."""
    return category == DISCIPLINE or not DISCIPLINE_BEHAVIOURS.isdisjoint(behaviours)


BY_CODE = {category.code: category for category in CATEGORIES}
BEHAVIOURS = {behaviour.code: behaviour for category in CATEGORIES for behaviour in category.behaviours}
