"""What the cases need to know from the rooms above them (docs/adr/0004-ports.md)."""

from collections.abc import Collection, Mapping

from core.ports import Port

# In which of these cases (by id) a reward is under way, and of each whether it was approved, so that it is to be paid.
rewards_under_way: Port[[Collection[int]], Mapping[int, bool]] = Port("cases.rewards_under_way")


def is_to_be_paid(case_pk: int) -> bool:
    """Tell whether a reward in this case was approved and is not paid yet."""
    return rewards_under_way([case_pk]).get(case_pk, False)
