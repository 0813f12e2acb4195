"""What the steps that have limits are called where their policies are entered."""

from django.utils.translation import gettext_lazy as _

# The steps that have limits today; the rows themselves may hold others, from later versions.
STEPS = {
    "accept": _("decide on acceptance"),
    "receive": _("the agency signs for it"),
    "finish": _("finish the matter"),
    "feedback": _("reply to the complainant"),
    "follow_up": _("follow-up call"),
    "ask_review": _("the complainant asks for a review"),
    "review": _("review the reply"),
    "final_review": _("review it for the last time"),
    "appeal": _("appeal against a decision on a wrong case"),
    "supervision": _("answer a supervision order"),
    "rectification": _("put right what was found"),
    "card_appeal": _("the agency appeals against a card"),
    "circular": _("a circular is drafted, counted from the first day late"),
}
