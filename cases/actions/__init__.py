"""Every write on a case; each function is one act in one transaction."""

from cases.rulings import Dispatch, Ruling

from .ending import ReasonMissing, ReasonNamesComplainant, approve, close, follow_up, send_back, take_rating
from .intake import (
    NobodyStandsForAgency,
    NotConsented,
    NotOfTheOffice,
    SummaryNamesComplainant,
    accept,
    decline,
    follow_lodging,
    open_case,
    open_consents,
)
from .moving import StalePage
from .outcome import receive, report, report_own
from .recounting import recount_open_limits
from .reminding import recipients, remind
from .revealing import NobodyToCall, NothingDisclosed, reveal_disclosed, reveal_phone
from .talking import (
    NotWithdrawn,
    end_withdrawn,
    note_seen,
    take_message,
    take_supplement,
    take_withdrawal,
    write_message,
)

__all__ = [
    "Dispatch",
    "NobodyStandsForAgency",
    "NobodyToCall",
    "NotConsented",
    "NotOfTheOffice",
    "NotWithdrawn",
    "NothingDisclosed",
    "ReasonMissing",
    "ReasonNamesComplainant",
    "Ruling",
    "StalePage",
    "SummaryNamesComplainant",
    "accept",
    "approve",
    "close",
    "decline",
    "end_withdrawn",
    "follow_lodging",
    "follow_up",
    "note_seen",
    "open_case",
    "open_consents",
    "receive",
    "recipients",
    "recount_open_limits",
    "remind",
    "report",
    "report_own",
    "reveal_disclosed",
    "reveal_phone",
    "send_back",
    "take_message",
    "take_rating",
    "take_supplement",
    "take_withdrawal",
    "write_message",
]
