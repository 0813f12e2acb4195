"""What the portal said it had done, taken down by those to whom it was said."""

from dataclasses import dataclass, field


@dataclass
class Noted:
    """What the portal said it had done. Filed: marker and number. Accepted: keys of cases. Paid: vouchers."""

    filed: dict[str, str] = field(default_factory=dict)
    with_file: set[str] = field(default_factory=set)
    tried: set[str] = field(default_factory=set)
    accepted: list[int] = field(default_factory=list)
    owed: list[int] = field(default_factory=list)
    paid: list[int] = field(default_factory=list)
    refused_files: int = 0
    gave_up: int = 0
