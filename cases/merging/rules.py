"""Which case may be merged into which, and until when a merger may be undone. Pure."""

from cases.workflow import Status, allows

# While nothing has been replied: the reply is written once, for all who complain, by somebody who sees all of them.
JOINABLE = (
    Status.TRIAGE,
    Status.ACCEPTED,
    Status.DISPATCHED,
    Status.RECEIVED,
    Status.RETURNED,
    Status.HANDLING,
    Status.REPORTED,
    Status.APPROVED,
)


def may_join(source: str, target: str) -> bool:
    """Tell whether a case in one state may be merged into one in another."""
    return allows("merge", source) and target in JOINABLE


def may_part(target: str) -> bool:
    """Tell whether what was merged into a case in this state may still leave it."""
    return target in JOINABLE


def direction(one: tuple[str, int], other: tuple[str, int]) -> tuple[int, int] | None:
    """Return which of two cases (status, id) goes into which: the newer into the older, when both could. None: neither."""
    (first, first_id), (second, second_id) = one, other
    ways = [(first_id, second_id)] if may_join(first, second) else []
    ways += [(second_id, first_id)] if may_join(second, first) else []
    return max(ways, default=None)
