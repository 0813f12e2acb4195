"""What the tracking page says of a case: its states, steps and events in words for complainants."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy

from .workflow import Status, Step

HEADLINES: Mapping[str, str | Promise] = {
    Status.TRIAGE: gettext_lazy("We are deciding whether we can take it up"),
    Status.DECLINED: gettext_lazy("We cannot take it up"),
    Status.REFERRED: gettext_lazy("We have referred it to the body in charge"),
    Status.WITHDRAWN: gettext_lazy("You have withdrawn the %(kind)s"),
    Status.MERGED: gettext_lazy("Dealt with together with another matter"),
    Status.ACCEPTED: gettext_lazy("Accepted"),
    Status.DISPATCHED: gettext_lazy("Handed to the agency responsible"),
    Status.RECEIVED: gettext_lazy("The agency is looking into it"),
    Status.RETURNED: gettext_lazy("We are deciding who looks into it"),
    Status.HANDLING: gettext_lazy("We are looking into it"),
    Status.REPORTED: gettext_lazy("We are checking the outcome"),
    Status.APPROVED: gettext_lazy("We are checking the outcome"),
    Status.REPLIED: gettext_lazy("The reply is here"),
    Status.FOLLOWED_UP: gettext_lazy("You are not satisfied, and we are looking at it again"),
    Status.CLOSED: pgettext_lazy("progress", "Closed"),
    Status.ARCHIVED: pgettext_lazy("progress", "Closed"),
}
STEPS: Mapping[str, str | Promise] = {
    Step.ACCEPT: gettext_lazy("Decide whether we take it up"),
    Step.RECEIVE: gettext_lazy("Sign for the case"),
    Step.FINISH: gettext_lazy("Look into it and report"),
    Step.FEEDBACK: gettext_lazy("Check the outcome and reply to you"),
    Step.FOLLOW_UP: gettext_lazy("Ask you how you rate the outcome"),
    Step.REVIEW: gettext_lazy("Review the reply"),
    Step.FINAL_REVIEW: gettext_lazy("Review it for the last time"),
    Step.SUPERVISION: gettext_lazy("Answer our supervision order"),
    Step.RECTIFICATION: gettext_lazy("Put right what was found"),
}
TITLES: Mapping[str, str | Promise] = {
    "case.opened": gettext_lazy("We received your %(kind)s"),
    "case.accepted": gettext_lazy("We accepted your %(kind)s"),
    "case.declined": gettext_lazy("We could not accept your %(kind)s"),
    "case.referred": gettext_lazy("We referred it to the body in charge"),
    "case.handling": gettext_lazy("We look into it ourselves"),
    "case.transferred": gettext_lazy("Handed to %(agency)s, which is in charge"),
    "case.returned": gettext_lazy("%(agency)s gave it back to us"),
    "case.return_refused": gettext_lazy("%(agency)s has to look into it all the same"),
    "case.co_assigned": gettext_lazy("%(agency)s was asked to help"),
    "case.assigned": gettext_lazy("Handed to %(agency)s"),
    "case.received": gettext_lazy("%(agency)s signed for it"),
    "case.reported": gettext_lazy("The outcome of the investigation is in"),
    "case.sent_back": gettext_lazy("We asked for more investigation"),
    "case.replied": gettext_lazy("We replied to you"),
    "case.extended": gettext_lazy("It takes longer, until %(day)s"),
    "case.suspended": gettext_lazy("The time limit stands still since %(day)s"),
    "case.resumed": gettext_lazy("The time limit runs again since %(day)s"),
    "case.merged": gettext_lazy("We deal with it together with another matter"),
    "case.unmerged": gettext_lazy("We deal with it by itself again"),
    "case.withdrawn": gettext_lazy("The matter ended with the withdrawal"),
    "case.rectification_demanded": gettext_lazy("We demanded of %(agency)s that it puts right what was found"),
    "case.rectification_accepted": gettext_lazy("%(agency)s has put right what was found"),
    "case.closed": pgettext_lazy("progress", "Case closed"),
    "case.reopened": gettext_lazy("We are looking into it again"),
    "complaint.supplemented": gettext_lazy("You added evidence"),
    "complaint.withdrawn": gettext_lazy("You withdrew the %(kind)s"),
    "complaint.rated": gettext_lazy("You rated the outcome"),
    "complaint.identity_confirmed": gettext_lazy("We made sure who filed it"),
    "complaint.identity_denied": gettext_lazy("The matter turned anonymous"),
    "complaint.reward_claimed": gettext_lazy("You claimed a reward"),
    "complaint.reward_offered": gettext_lazy("A reward waits for you"),
    "complaint.reward_collected": gettext_lazy("You collected the reward; it is being paid"),
    "complaint.reward_paid": gettext_lazy("The reward was paid"),
    "complaint.reward_lapsed": gettext_lazy("The reward lapsed, because it was not collected in time"),
    "complaint.reward_cancelled": gettext_lazy("The reward was cancelled"),
    "complaint.reward_declined": gettext_lazy("There is no reward for this matter"),
    "complaint.disclosure_given": gettext_lazy("You agreed that %(agency)s is told more"),
    "complaint.disclosure_revoked": gettext_lazy("You took back what %(agency)s may learn"),
    "complaint.id_number_given": gettext_lazy("You gave the number of a document"),
    "complaint.id_number_removed": gettext_lazy("You had the number of the document deleted"),
    "complaint.id_number_erased": gettext_lazy("We deleted the number of the document; nothing is to be paid any more"),
    "complaint.data_corrected": gettext_lazy("You changed your data"),
    "complaint.name_corrected": gettext_lazy("You corrected your name"),
    "complaint.data_deleted": gettext_lazy("You deleted data of yours"),
    "complaint.code_renewed": gettext_lazy("You had a new query code made"),
    "complaint.erased": gettext_lazy("We deleted your personal data; its time was over"),
}
ICONS = {
    "case.declined": "st-x",
    "case.referred": "right",
    "case.returned": "undo",
    "case.co_assigned": "users",
    "case.sent_back": "undo",
    "case.replied": "mail",
    "case.extended": "clock",
    "case.suspended": "d-paused",
    "case.resumed": "clock",
    "case.merged": "users",
    "case.unmerged": "undo",
    "case.withdrawn": "st-x",
    "case.reopened": "undo",
    "case.rectification_demanded": "edit",
    "case.rectification_accepted": "check",
    "complaint.supplemented": "plus",
    "complaint.withdrawn": "undo",
    "complaint.identity_confirmed": "check",
    "complaint.identity_denied": "eye-off",
    "complaint.review_answered": "mail",
    "complaint.disclosure_revoked": "undo",
    "complaint.data_corrected": "edit",
    "complaint.name_corrected": "edit",
    "complaint.data_deleted": "edit",
    "complaint.code_renewed": "key",
    "complaint.erased": "lock",
}
RAIL = (
    (gettext_lazy("Received"), {"case.opened"}),
    (gettext_lazy("Taken up"), {"case.accepted"}),
    (gettext_lazy("Looked into"), {"case.reported"}),
    (gettext_lazy("Replied"), {"case.replied"}),
    (pgettext_lazy("progress", "Closed"), {"case.closed"}),
)
REACHED: Mapping[str, int] = {
    Status.TRIAGE: 1,
    Status.ACCEPTED: 2,
    Status.DISPATCHED: 2,
    Status.RECEIVED: 2,
    Status.RETURNED: 2,
    Status.HANDLING: 2,
    Status.REPORTED: 3,
    Status.APPROVED: 3,
    Status.REPLIED: 4,
    Status.FOLLOWED_UP: 4,
    Status.CLOSED: 5,
    Status.ARCHIVED: 5,
}
REFERRED = gettext_lazy(
    "We have no power over it, so we have referred it to: %(body)s. What they may tell you about it is theirs to say."
)
LEADS: Mapping[str, str | Promise] = {
    Status.TRIAGE: gettext_lazy("By the end of %(day)s we tell you whether we take it up, and if not, where you can go."),
    Status.ACCEPTED: gettext_lazy("Next we decide who looks into it."),
    Status.DISPATCHED: gettext_lazy("%(agency)s must sign for it by the end of %(day)s."),
    Status.RECEIVED: gettext_lazy("%(agency)s must report the outcome to us by the end of %(day)s."),
    Status.RETURNED: gettext_lazy(
        "%(agency)s says that it is not in charge. We decide who looks into it; the last day stays %(day)s."
    ),
    Status.HANDLING: gettext_lazy("We look into it ourselves and finish by the end of %(day)s."),
    Status.REPORTED: gettext_lazy("We check whether the outcome holds and reply to you by the end of %(day)s."),
    Status.APPROVED: gettext_lazy("We check whether the outcome holds and reply to you by the end of %(day)s."),
    Status.REPLIED: gettext_lazy("Read it below and tell us whether you are satisfied. If we hear nothing, we call by %(day)s."),
    Status.FOLLOWED_UP: gettext_lazy("An officer looks at your rating and answers you by the end of %(day)s."),
}
NO_CALL = gettext_lazy(
    "Read it below and tell us by the end of %(day)s whether you are satisfied. The matter is anonymous, so we cannot call you."
)
NO_REPLY = gettext_lazy(
    "By the end of %(day)s we decide whether we follow it up. A tip gets no reply of its own; where it stands you can read here."
)
SHORT: Mapping[str, tuple[str | Promise, str]] = {
    Status.DECLINED: (pgettext_lazy("progress", "Not taken up"), "case.declined"),
    Status.REFERRED: (pgettext_lazy("progress", "Referred"), "case.referred"),
    Status.WITHDRAWN: (pgettext_lazy("progress", "Withdrawn"), "case.withdrawn"),
}
AGAIN = gettext_lazy("We are looking at it once more")
AGAIN_LEAD = gettext_lazy("An officer looks at it once more and answers you by the end of %(day)s.")
CALLED = gettext_lazy("We asked how you rate the outcome")
HIDDEN = gettext_lazy("It has not been told who you are.")
JOINT = gettext_lazy("You keep your number and read here how it goes on.")
