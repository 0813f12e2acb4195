"""What is counted, and the sums and shares made of it. Pure."""

from collections.abc import Iterable, Mapping

from cases.workflow import Finding, Step
from complaints.models.choices import Satisfaction

Counts = Mapping[str, int]

# How a decision ended a case, by the state in which it ended; the archive changes nothing of that.
ENDINGS = {
    "declined": "declined",
    "referred": "referred",
    "withdrawn": "withdrawn",
    "merged": "merged",
    "closed": "completed",
}
FINDINGS = {Finding.UPHELD: "upheld", Finding.PARTLY_UPHELD: "partly_upheld", Finding.NOT_UPHELD: "not_upheld", "": "no_finding"}
RATINGS = {
    Satisfaction.SATISFIED: "satisfied",
    Satisfaction.FAIRLY_SATISFIED: "fairly_satisfied",
    Satisfaction.DISSATISFIED: "dissatisfied",
    "": "unrated",
}
STEPS = (Step.ACCEPT, Step.RECEIVE, Step.FINISH, Step.FEEDBACK)
LIMITS = tuple(f"{step}_{way}" for step in STEPS for way in ("kept", "missed"))
MEASURES = (
    "received",
    "accepted",
    "declined",
    "referred",
    "withdrawn",
    "merged",
    "completed",
    "replied",
    "reply_days",
    *FINDINGS.values(),
    *RATINGS.values(),
    *LIMITS,
)
FEW = 5  # a share of fewer would say something about single cases, and nothing about the whole


def share(part: int, whole: int) -> float | None:
    """Return how many per cent a part is of the whole; None when the whole is too small to say so."""
    return 100 * part / whole if whole >= FEW else None


def average(total: int, number: int) -> float | None:
    """Return the mean of so many values with this sum; None when there are none."""
    return total / number if number else None


def median(waits: Mapping[int, int]) -> float | None:
    """Return the middle one of values that are given with how often each occurs; None when there are none."""
    number = sum(waits.values())
    if not number:
        return None
    return (_nth(waits, (number - 1) // 2) + _nth(waits, number // 2)) / 2


def upheld_share(counts: Counts) -> float | None:
    """Return how many per cent of the findings uphold the complaint, wholly or partly."""
    upheld = counts.get("upheld", 0) + counts.get("partly_upheld", 0)
    return share(upheld, upheld + counts.get("not_upheld", 0))


def satisfied_share(counts: Counts) -> float | None:
    """Return how many per cent of those who were asked or rated are satisfied, or fairly so."""
    content = counts.get("satisfied", 0) + counts.get("fairly_satisfied", 0)
    return share(content, content + counts.get("dissatisfied", 0))


def kept_share(counts: Counts, step: str) -> float | None:
    """Return how many per cent of the limits of a step that were over were kept."""
    kept = counts.get(f"{step}_kept", 0)
    return share(kept, kept + counts.get(f"{step}_missed", 0))


def days_to_reply(counts: Counts) -> float | None:
    """Return how many working days a reply took on average."""
    return average(counts.get("reply_days", 0), counts.get("replied", 0))


def summed(counts: Iterable[Counts]) -> dict[str, int]:
    """Add counts up, measure by measure."""
    total = dict.fromkeys(MEASURES, 0)
    for one in counts:
        for name, number in one.items():
            total[name] += number
    return total


def _nth(waits: Mapping[int, int], place: int) -> int:
    """Return the value at a place of the sorted values, counted from 0."""
    for value, number in sorted(waits.items()):
        place -= number
        if place < 0:
            return value
    raise IndexError(place)
