"""Every write on a case; each function is one act in one transaction."""

from .ending import ReasonMissing, approve, close, follow_up, send_back, take_rating
from .intake import (
    Dispatch,
    NobodyStandsForAgency,
    NotConsented,
    NotOfTheOffice,
    Ruling,
    SummaryNamesComplainant,
    accept,
    decline,
    follow_lodging,
    open_case,
    open_consents,
)
from .moving import StalePage
from .outcome import receive, report, report_own
from .reminding import recipients, remind

__all__ = [
    "Dispatch",
    "NobodyStandsForAgency",
    "NotConsented",
    "NotOfTheOffice",
    "ReasonMissing",
    "Ruling",
    "StalePage",
    "SummaryNamesComplainant",
    "accept",
    "approve",
    "close",
    "decline",
    "follow_lodging",
    "follow_up",
    "open_case",
    "open_consents",
    "receive",
    "recipients",
    "remind",
    "report",
    "report_own",
    "send_back",
    "take_rating",
]
