"""What two texts have in common and where they differ, passage by passage, for a page that shows them side by side. Pure."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

# A passage ends behind its punctuation or with its line; a run of signs is not cut.
_PASSAGE = re.compile(r"[^。！？；，、,.!?;:：\n]*(?:[。！？；，、,.!?;:：]+|\n+|$)")
_MOST_CHARACTERS = 100  # longer passages are marked as a whole: comparing them by characters would take time and say little
_LEAST_IN_COMMON = 0.5


@dataclass(frozen=True)
class Passage:
    """A piece of one text; `differs` says that the other text does not have it at this place."""

    text: str
    differs: bool


def compared(left: str, right: str) -> tuple[list[Passage], list[Passage]]:
    """Return both texts in passages; joined, each side is its text again."""
    one, two = _passages(left), _passages(right)
    mine: list[Passage] = []
    theirs: list[Passage] = []
    # The matcher's own rule for what is frequent stays on: without it, a text made for it could take minutes.
    for what, a, b, c, d in SequenceMatcher(None, [_bare(x) for x in one], [_bare(x) for x in two]).get_opcodes():
        here, there = "".join(one[a:b]), "".join(two[c:d])
        alike = [Passage(here, differs=False)], [Passage(there, differs=False)]
        parts = alike if what == "equal" else _closely(here, there)
        mine += parts[0]
        theirs += parts[1]
    return _joined(mine), _joined(theirs)


def _closely(left: str, right: str) -> tuple[list[Passage], list[Passage]]:
    """Compare two passages by characters where they are short and mostly alike; else each differs as a whole."""
    matcher = SequenceMatcher(None, left, right)
    short = max(len(left), len(right)) <= _MOST_CHARACTERS
    if not short or matcher.ratio() < _LEAST_IN_COMMON:
        return [Passage(left, differs=True)], [Passage(right, differs=True)]
    codes = matcher.get_opcodes()
    return (
        [Passage(left[a:b], differs=what != "equal") for what, a, b, _c, _d in codes],
        [Passage(right[c:d], differs=what != "equal") for what, _a, _b, c, d in codes],
    )


def _passages(text: str) -> list[str]:
    return [piece for piece in _PASSAGE.findall(text) if piece]


def _bare(passage: str) -> str:
    """Blanks and the sign at the end make no difference."""
    return "".join(passage.split()).rstrip("。！？；，、,.!?;:：") or passage


def _joined(passages: list[Passage]) -> list[Passage]:
    """Put neighbours of one sort together."""
    found: list[Passage] = []
    for one in passages:
        if found and found[-1].differs == one.differs:
            found[-1] = Passage(found[-1].text + one.text, one.differs)
        elif one.text:
            found.append(one)
    return found
