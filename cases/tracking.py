"""Where a case stands, told to the complainant: what comes next, who must do it and by when; never an officer's name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Q, Subquery
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from agencies.models import Agency
from complaints.labels import agency_name, kind_noun
from complaints.models import Complaint, Disclosure, Kind, Satisfaction
from complaints.ports import NextDeadline, Progress, Sent, Stage, Standing, TimelineEntry
from complaints.reading import withdrawal_of
from core.clock import day_of
from core.models import Event
from core.templatetags.portal import day, day_week

from .deadlines import agency_must_act
from .merging.paths import happened as happened_to
from .merging.paths import link_of
from .models import Case, CaseComplaint, Deadline, Disclosed
from .ratings import may_rate
from .reviewing import standing as reviewing
from .timing.telling import reason_key, reasons
from .wording import DISCS
from .workflow import Advice, Body, Finding, Status, Step

_HEADLINES: Mapping[str, str | Promise] = {
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
_STEPS: Mapping[str, str | Promise] = {
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
_TITLES: Mapping[str, str | Promise] = {
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
_NOT_THEIRS = (Step.SUPERVISION, Step.RECTIFICATION)  # limits between the office and an agency
_JOINT = gettext_lazy("You keep your number and read here how it goes on.")
_CALLED = gettext_lazy("We asked how you rate the outcome")
_HIDDEN = gettext_lazy("It has not been told who you are.")
_OWN_ACTS = (*reviewing.TITLES, *(type_ for type_ in _TITLES if type_.startswith("complaint.")))
_PRIVATE = ("complaint.reward_", "complaint.disclosure_", "complaint.id_number_")
_ICONS = {
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
_RAIL = (
    (gettext_lazy("Received"), {"case.opened"}),
    (gettext_lazy("Taken up"), {"case.accepted"}),
    (gettext_lazy("Looked into"), {"case.reported"}),
    (gettext_lazy("Replied"), {"case.replied"}),
    (pgettext_lazy("progress", "Closed"), {"case.closed"}),
)
_REACHED: Mapping[str, int] = {
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
_SENT = {"case.assigned", "case.transferred", "case.co_assigned"}
_AGAIN = gettext_lazy("We are looking at it once more")
_AGAIN_LEAD = gettext_lazy("An officer looks at it once more and answers you by the end of %(day)s.")


@dataclass(frozen=True)
class _Told:
    """What the page is made from: the case, its events, its open limits and the names of the agencies in them.

    `complainants`: how many complaints the case deals with; of the others nothing is told, not even that they are there.
    """

    case: Case
    complaint: Complaint
    complainants: int
    events: list[Event]
    limits: list[Deadline]
    agencies: dict[int, str]
    disclosed: Mapping[int, Sequence[str]]  # what went of this complainant's own, by the agency's id
    reasons: Mapping[str, str]

    def holder(self, step: str) -> str:
        """Who must keep a limit, in words."""
        return self.agency if agency_must_act(step, self.case.mode, self.case.status) else _("this office")

    @property
    def hides_identity(self) -> bool:
        """Whether an agency has just been given the case without being told who filed this complaint."""
        named = {Disclosure.NAME, Disclosure.PHONE}
        return self.case.status == Status.DISPATCHED and not any(named & set(fields) for fields in self.disclosed.values())

    @property
    def has_withdrawn(self) -> bool:
        """Whether this complainant has withdrawn; the case goes on for others."""
        return withdrawal_of(self.complaint) is not None

    @property
    def is_somebody_else(self) -> bool:
        """Whether it is another complainant who is dissatisfied."""
        rating = getattr(self.complaint, "rating", None)
        dissatisfied = rating is not None and rating.satisfaction == Satisfaction.DISSATISFIED
        return self.case.status == Status.FOLLOWED_UP and self.complainants > 1 and not dissatisfied

    @property
    def agency(self) -> str:
        """The agency that deals with the case."""
        return self.agencies.get(self.case.agency_id or 0, "")


def progress(complaint: Complaint) -> Progress:
    """Return where the complaint stands (the answer to `complaints.ports.progress`)."""
    link = link_of(complaint)
    case, joint = link.case, getattr(link, "complainants", 1)
    happened = happened_to(link, Q(type__startswith="case.") | Q(type__in=_OWN_ACTS))
    reviews = reviewing.of_complaint(case, complaint.pk) if reviewing.ASKED in {event.type for event in happened} else []
    withdrawn = withdrawal_of(link.complaint) is not None
    # What the agency must put right runs beside the course of the matter: it says nothing of when the complainant hears what.
    running = case.deadlines.open().exclude(step__in=_NOT_THEIRS).order_by("due_at", "pk")
    limits = reviewing.own_limits(running, reviews, withdrawn=withdrawn)
    names, why = _agency_names(case, happened), reasons(happened)
    told = _Told(case, link.complaint, joint, happened, limits, names, _disclosed(link, happened), why)
    return Progress(
        headline=reviewing.headline(limits) or _headline(case, complaint.kind, somebody_else=told.is_somebody_else),
        lead=reviewing.lead([] if case.is_reopened else reviews, limits) or _lead(told),
        stages=_short_stages(told) if case.ended_as in _SHORT else _stages(told),
        timeline=[entry for event in reversed(happened) if (entry := _entry(event, told))],
        deadline=_deadline(told),
        reply=case.reply,
        replied_at=case.replied_at,
        may_rate=may_rate(case.status, complainants=joint) and not told.has_withdrawn,
        decline_reason=_decline_words(case),
        agency_name=told.agency,
        ended_on=day_of(case.closed_at) if case.closed_at else None,
        reviews=reviewing.told(reviews),
        is_reopened=case.is_reopened,
        was_reopened=any(event.type == "case.reopened" for event in happened),
        is_archived=case.status == Status.ARCHIVED,
        may_claim=case.finding in {Finding.UPHELD, Finding.PARTLY_UPHELD} and bool(case.replied_at or case.closed_at),
        may_disclose=case.status in {Status.TRIAGE, Status.ACCEPTED},
        sent=_sent(told),
    )


def standings(complaints: Sequence[Complaint]) -> Mapping[int, Standing]:
    """Return where several complaints stand (the answer to `complaints.ports.standings`); one query."""
    running = Deadline.objects.open().exclude(step__in=_NOT_THEIRS).filter(case=OuterRef("case"), paused_on=None)
    first = Subquery(running.order_by("due_at", "pk").values("due_on")[:1])
    links = CaseComplaint.objects.filter(complaint__in=complaints).select_related("case", "complaint__rating")
    rows = links.annotate(first_due_on=first)
    return {link.complaint_id: Standing(_headline_of(link), _due_on(link), DISCS[link.case.ended_as]) for link in rows}


def _due_on(link: CaseComplaint) -> date | None:
    """The last day of the limit that runs, but for what an agency must put right; none while the clock stands still."""
    due_on: date | None = getattr(link, "first_due_on", None)
    return None if link.case.paused_on else due_on


def _headline_of(link: CaseComplaint) -> str:
    rating = getattr(link.complaint, "rating", None)
    others = link.case.status == Status.FOLLOWED_UP and rating is not None and rating.satisfaction != Satisfaction.DISSATISFIED
    return _headline(link.case, link.complaint.kind, somebody_else=others)


def _headline(case: Case, kind: str, *, somebody_else: bool) -> str:
    """Say where it stands; that somebody is dissatisfied only to whom it is."""
    return str(_AGAIN if somebody_else else _HEADLINES[case.ended_as]) % {"kind": kind_noun(kind)}


def _agency_names(case: Case, happened: list[Event]) -> dict[int, str]:
    """Ask once for the names of all agencies that the events speak of."""
    ids = {event.facts.get("agency") for event in happened} - {None, case.agency_id}
    found = [case.agency] if case.agency else []
    found += Agency.objects.filter(pk__in=ids) if ids else []
    return {agency.pk: agency_name(agency) for agency in found}


def _disclosed(link: CaseComplaint, happened: list[Event]) -> Mapping[int, Sequence[str]]:
    """Return what went to each agency of this complainant's own; asked only where something of anybody's went."""
    if not any(event.facts.get("disclosed") for event in happened):
        return {}
    rows = Disclosed.objects.filter(complaint=link.complaint_id, assignment__case=link.case_id)
    return dict(rows.values_list("assignment__agency_id", "fields"))


def _sent(told: _Told) -> list[Sent]:
    """To which agencies the case was sent, and what of this complainant's went along."""
    sent = [(event.facts["agency"], event.at) for event in told.events if event.type in _SENT]
    return [Sent(agency, told.agencies.get(agency, ""), tuple(told.disclosed.get(agency, ())), at) for agency, at in sent]


def _lead(told: _Told) -> str:
    """Say who must do what by when, or how it ended."""
    case = told.case
    if case.ended_as == Status.DECLINED:
        return _("The reason, and where you can go with it, stand below.")
    if case.ended_as == Status.REFERRED:
        return str(_REFERRED) % {"body": Body(case.referred_to).label}
    if case.ended_as == Status.WITHDRAWN:
        return _("The matter has ended. You can file a new complaint at any time.")
    if case.ended_as == Status.CLOSED:
        return _("Nothing more is to be done. If something changes, call us and name the number.")
    if case.withdrawn_at or told.has_withdrawn:
        return _("You have withdrawn it. An officer decides whether we go on without you; how it ends, you read here.")
    if case.paused_on:
        return _(
            "The time limit stands still since %(day)s; why stands below. When it runs again, we tell you the new last day."
        ) % {"day": day_week(case.paused_on)}
    by = day_week(told.limits[0].due_on) if told.limits else ""
    lead = str(_words_for(told)) % {"day": by, "agency": told.agency}
    return pgettext("two sentences", "%(first)s %(second)s") % {"first": lead, "second": _HIDDEN} if told.hides_identity else lead


def _words_for(told: _Told) -> str | Promise:
    """Nobody can call where nobody is known, and a tip is promised no reply."""
    if told.case.status == Status.REPLIED and not told.complaint.is_named:
        return _NO_CALL
    if told.case.status == Status.TRIAGE and told.complaint.kind == Kind.TIP:
        return _NO_REPLY
    return _AGAIN_LEAD if told.is_somebody_else else _LEADS[told.case.status]


_REFERRED = gettext_lazy(
    "We have no power over it, so we have referred it to: %(body)s. What they may tell you about it is theirs to say."
)
_LEADS: Mapping[str, str | Promise] = {
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
_NO_CALL = gettext_lazy(
    "Read it below and tell us by the end of %(day)s whether you are satisfied. The matter is anonymous, so we cannot call you."
)
_NO_REPLY = gettext_lazy(
    "By the end of %(day)s we decide whether we follow it up. A tip gets no reply of its own; where it stands you can read here."
)
_SHORT: Mapping[str, tuple[str | Promise, str]] = {
    Status.DECLINED: (pgettext_lazy("progress", "Not taken up"), "case.declined"),
    Status.REFERRED: (pgettext_lazy("progress", "Referred"), "case.referred"),
    Status.WITHDRAWN: (pgettext_lazy("progress", "Withdrawn"), "case.withdrawn"),
}


def _stages(told: _Told) -> list[Stage]:
    """The five stops; a stop's note is the day on which it was reached, the running one's the day by which it must be."""
    reached = _REACHED[told.case.status]
    days = {event.type: day(event.at) for event in told.events}
    stages = []
    for number, (label, types) in enumerate(_RAIL):
        state = "done" if number < reached else "now" if number == reached else "next"
        note = next((days[name] for name in types if name in days), "") if state == "done" else ""
        if state == "now" and told.limits and not told.case.paused_on:
            note = _("by %(day)s") % {"day": day(told.limits[0].due_on)}
        stages.append(Stage(label=str(label), state=state, note=note))
    return stages


def _short_stages(told: _Told) -> list[Stage]:
    """A matter that is not taken up has two stops only."""
    label, event = _SHORT[told.case.ended_as]
    days = {event.type: day(event.at) for event in told.events}
    return [
        Stage(label=str(_RAIL[0][0]), state="done", note=days.get("case.opened", "")),
        Stage(label=str(label), state="done", note=days.get(event, "")),
    ]


def _entry(event: Event, told: _Told) -> TimelineEntry | None:
    """One line of the history, or None for what is the office's own affair."""
    if event.type == "case.followed_up" and event.facts.get("means") != "rating" and told.complainants == 1:
        title: str | Promise = _CALLED  # of several, the log does not say who was called
    elif event.type in reviewing.TITLES:
        title = reviewing.title_of(event)
    elif event.type in _TITLES:
        title = _TITLES[event.type]
    else:
        return None
    name = told.agencies.get(event.facts.get("agency") or 0, "")
    text = told.case.close_reason if event is _last_end(told) else ""
    text = str(_JOINT) if event.type == "case.merged" else told.reasons.get(reason_key(event), text)
    when = event.facts.get("from_on") or event.facts.get("until_on") or event.facts.get("due_on")
    words = str(title) % {"agency": name, "kind": kind_noun(told.complaint.kind), "day": day_week(when) if when else ""}
    icon, private = _ICONS.get(event.type, "st-4"), event.type.startswith(_PRIVATE)
    return TimelineEntry(at=event.at, title=words, text=text, icon=icon, private=private)


def _last_end(told: _Told) -> Event | None:
    """The event with which the case ended last; one before a reopening had its own reason, which is gone from the case."""
    return next((one for one in reversed(told.events) if one.type in {"case.closed", "case.withdrawn"}), None)


def _deadline(told: _Told) -> NextDeadline | None:
    """The limit that runs out first."""
    if not told.limits or told.case.paused_on:
        return None
    limit = told.limits[0]
    return NextDeadline(
        step_label=str(_STEPS[limit.step]),
        holder=told.holder(limit.step),
        started_on=limit.started_on,
        due_on=limit.due_on,
        explanation=limit.explanation,
    )


def _decline_words(case: Case) -> str:
    """The reason and where to go, as one text."""
    if case.ended_as != Status.DECLINED:
        return ""
    where = str(Advice(case.advice).label) if case.advice and case.advice != Advice.OTHER else ""
    advice = " ".join(part for part in (where, case.advice_text) if part)
    place = _("Where you can go: %(place)s") % {"place": advice}
    return f"{case.decline_reason}\n\n{place}" if advice else case.decline_reason
