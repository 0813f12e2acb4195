"""Every write on a case; each function is one act in one transaction."""

from cases.rulings import Dispatch, Ruling

from .checking import NamesComplainant, ReasonNamesComplainant, SummaryNamesComplainant, check_words, note_words_checked
from .correcting import take_correction
from .dispatching import AssignmentOver, NobodyStandsForAgency, NotConsented, open_consents
from .ending import ReasonMissing, approve, close, follow_up, send_back, take_rating
from .extending import ExtensionDecided, ReasonNamesSomebody, ask_extension, ask_own_extension, decide_extension
from .following import take_consent, take_reward_claim
from .grams import count_grams
from .handing import CannotSucceed, PostOver, confirm_handover, hand_over_post
from .helping import NobodyLeads, NoOpinion, WithItAlready, add_co_handler, end_co_handling, give_opinion
from .identifying import CheckedMeanwhile, NotCalled, note_identity
from .intake import KeptWithoutReason, NotOfTheOffice, accept, decline, follow_lodging, open_case
from .lettering import draft_letter
from .many import NoHandler, hand_on, hand_on_one, hand_over_cases, note_export, remind_now
from .merging import CannotBeMerged, CannotBeParted, merge, unmerge
from .moving import StalePage
from .outcome import ReplyMissing, ScanMissing, receive, report, report_own
from .recounting import apply_policies, recount_open_limits
from .referring import NowhereToRefer, refer
from .reminding import gather_reminders, recipients, remind
from .returning import (
    NoMoreReturns,
    ProposesItself,
    SameAgency,
    assign_again,
    give_back,
    refuse_return,
    take_over,
)
from .revealing import NobodyToCall, NothingDisclosed, reveal_disclosed, reveal_phone
from .reviewing import (
    AnsweredAlready,
    NobodyElse,
    NothingToAnswer,
    SignedBefore,
    answer_review,
    take_review_request,
)
from .scanning import drop_scan, forget_scans, hold_scan
from .searching import NameTaken, SearchTooLong, change_search, delete_search, save_search
from .shared import TextNamesComplainant
from .suspending import NotFromThatDay, NotSuspended, NotUntilThatDay, WordsNameSomebody, resume, suspend
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
    "AssignmentOver",
    "CannotSucceed",
    "PostOver",
    "confirm_handover",
    "hand_over_cases",
    "hand_over_post",
    "KeptWithoutReason",
    "NoMoreReturns",
    "NoOpinion",
    "NobodyLeads",
    "NowhereToRefer",
    "ProposesItself",
    "ReplyMissing",
    "SameAgency",
    "ScanMissing",
    "drop_scan",
    "forget_scans",
    "hold_scan",
    "WithItAlready",
    "add_co_handler",
    "assign_again",
    "end_co_handling",
    "give_back",
    "give_opinion",
    "hand_on_one",
    "refer",
    "refuse_return",
    "take_over",
    "apply_policies",
    "AnsweredAlready",
    "AskedAlready",
    "CannotBeMerged",
    "CannotBeParted",
    "CheckedMeanwhile",
    "DecidedAlready",
    "Dispatch",
    "NameTaken",
    "NamesComplainant",
    "NoHandler",
    "NobodyDecides",
    "NobodyElse",
    "NobodyStandsForAgency",
    "NobodyToCall",
    "NotCalled",
    "NotConsented",
    "NotOfTheOffice",
    "NotWithdrawn",
    "NothingDisclosed",
    "NothingToAnswer",
    "NothingToUnmask",
    "ReasonMissing",
    "ReasonNamesComplainant",
    "Ruling",
    "SearchTooLong",
    "SignedBefore",
    "StalePage",
    "SummaryNamesComplainant",
    "TextNamesComplainant",
    "UnmaskingOver",
    "accept",
    "answer_review",
    "approve",
    "ask_unmasking",
    "change_search",
    "check_words",
    "close",
    "count_grams",
    "decide_unmasking",
    "decline",
    "delete_search",
    "draft_letter",
    "end_unmasking",
    "end_withdrawn",
    "follow_lodging",
    "gather_reminders",
    "follow_up",
    "hand_on",
    "note_export",
    "merge",
    "note_identity",
    "note_seen",
    "note_words_checked",
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
    "take_consent",
    "take_correction",
    "take_message",
    "take_rating",
    "take_review_request",
    "take_reward_claim",
    "take_supplement",
    "take_withdrawal",
    "unmerge",
    "write_message",
    "ExtensionDecided",
    "ReasonNamesSomebody",
    "ask_extension",
    "ask_own_extension",
    "decide_extension",
    "NotFromThatDay",
    "NotSuspended",
    "NotUntilThatDay",
    "WordsNameSomebody",
    "resume",
    "suspend",
]
