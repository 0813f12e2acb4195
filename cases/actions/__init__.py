"""Every write on a case; each function is one act in one transaction."""

from cases.rulings import Dispatch, Ruling

from .ending import ReasonMissing, ReasonNamesComplainant, approve, close, follow_up, send_back, take_rating
from .grams import count_grams
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
from .many import NoHandler, hand_on, note_export, remind_now
from .moving import StalePage
from .outcome import receive, report, report_own
from .recounting import recount_open_limits
from .reminding import recipients, remind
from .revealing import NobodyToCall, NothingDisclosed, reveal_disclosed, reveal_phone
from .searching import NameTaken, SearchTooLong, change_search, delete_search, save_search
from .talking import (
    NotWithdrawn,
    end_withdrawn,
    note_seen,
    take_message,
    take_supplement,
    take_withdrawal,
    write_message,
)
from .unmasking import (
    AskedAlready,
    DecidedAlready,
    NobodyDecides,
    NothingToUnmask,
    UnmaskingOver,
    ask_unmasking,
    decide_unmasking,
    end_unmasking,
    show_unmasked,
)

__all__ = [
    "AskedAlready",
    "DecidedAlready",
    "Dispatch",
    "NameTaken",
    "NoHandler",
    "NobodyDecides",
    "NobodyStandsForAgency",
    "NobodyToCall",
    "NotConsented",
    "NotOfTheOffice",
    "NotWithdrawn",
    "NothingDisclosed",
    "NothingToUnmask",
    "ReasonMissing",
    "ReasonNamesComplainant",
    "Ruling",
    "SearchTooLong",
    "StalePage",
    "SummaryNamesComplainant",
    "UnmaskingOver",
    "accept",
    "approve",
    "ask_unmasking",
    "change_search",
    "close",
    "count_grams",
    "decide_unmasking",
    "decline",
    "delete_search",
    "end_unmasking",
    "end_withdrawn",
    "follow_lodging",
    "follow_up",
    "hand_on",
    "note_export",
    "note_seen",
    "open_case",
    "open_consents",
    "receive",
    "recipients",
    "recount_open_limits",
    "remind",
    "remind_now",
    "report",
    "report_own",
    "reveal_disclosed",
    "reveal_phone",
    "save_search",
    "send_back",
    "show_unmasked",
    "take_message",
    "take_rating",
    "take_supplement",
    "take_withdrawal",
    "write_message",
]
