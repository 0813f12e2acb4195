"""Where a case stands, told to the complainant: what comes next, who must do it and by when; never an officer's name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Q, Subquery
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from agencies.models import Agency
from complaints.labels import agency_name, kind_noun
from complaints.models import Complaint, Disclosure, Kind, Satisfaction
from complaints.ports import NextDeadline, Progress, Sent, Stage, Standing, TimelineEntry
from complaints.reading import withdrawal_of
from core.clock import day_of
from core.models import Event
from core.templatetags.portal import day, day_week

from . import tracking_words as words
from .deadlines import agency_must_act
from .merging.paths import happened as happened_to
from .merging.paths import link_of
from .models import Case, CaseComplaint, Deadline, Disclosed
from .ratings import may_rate
from .reviewing import standing as reviewing
from .timing.telling import reason_key, reasons
from .wording import DISCS
from .workflow import Advice, Body, Finding, Status, Step

_NOT_THEIRS = (Step.SUPERVISION, Step.RECTIFICATION)  # limits between the office and an agency
_OWN_ACTS = (*reviewing.TITLES, *(type_ for type_ in words.TITLES if type_.startswith("complaint.")))
_PRIVATE = ("complaint.reward_", "complaint.disclosure_", "complaint.id_number_")
_SENT = {"case.assigned", "case.transferred", "case.co_assigned"}


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
        stages=_short_stages(told) if case.ended_as in words.SHORT else _stages(told),
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
    return str(words.AGAIN if somebody_else else words.HEADLINES[case.ended_as]) % {"kind": kind_noun(kind)}


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
        return str(words.REFERRED) % {"body": Body(case.referred_to).label}
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
    if not told.hides_identity:
        return lead
    return pgettext("two sentences", "%(first)s %(second)s") % {"first": lead, "second": words.HIDDEN}


def _words_for(told: _Told) -> str | Promise:
    """Nobody can call where nobody is known, and a tip is promised no reply."""
    if told.case.status == Status.REPLIED and not told.complaint.is_named:
        return words.NO_CALL
    if told.case.status == Status.TRIAGE and told.complaint.kind == Kind.TIP:
        return words.NO_REPLY
    return words.AGAIN_LEAD if told.is_somebody_else else words.LEADS[told.case.status]


def _stages(told: _Told) -> list[Stage]:
    """The five stops; a stop's note is the day on which it was reached, the running one's the day by which it must be."""
    reached = words.REACHED[told.case.status]
    days = {event.type: day(event.at) for event in told.events}
    stages = []
    for number, (label, types) in enumerate(words.RAIL):
        state = "done" if number < reached else "now" if number == reached else "next"
        note = next((days[name] for name in types if name in days), "") if state == "done" else ""
        if state == "now" and told.limits and not told.case.paused_on:
            note = _("by %(day)s") % {"day": day(told.limits[0].due_on)}
        stages.append(Stage(label=str(label), state=state, note=note))
    return stages


def _short_stages(told: _Told) -> list[Stage]:
    """A matter that is not taken up has two stops only."""
    label, event = words.SHORT[told.case.ended_as]
    days = {event.type: day(event.at) for event in told.events}
    return [
        Stage(label=str(words.RAIL[0][0]), state="done", note=days.get("case.opened", "")),
        Stage(label=str(label), state="done", note=days.get(event, "")),
    ]


def _entry(event: Event, told: _Told) -> TimelineEntry | None:
    """One line of the history, or None for what is the office's own affair."""
    if event.type == "case.followed_up" and event.facts.get("means") != "rating" and told.complainants == 1:
        title: str | Promise = words.CALLED  # of several, the log does not say who was called
    elif event.type in reviewing.TITLES:
        title = reviewing.title_of(event)
    elif event.type in words.TITLES:
        title = words.TITLES[event.type]
    else:
        return None
    name = told.agencies.get(event.facts.get("agency") or 0, "")
    text = told.case.close_reason if event is _last_end(told) else ""
    text = str(words.JOINT) if event.type == "case.merged" else told.reasons.get(reason_key(event), text)
    when = event.facts.get("from_on") or event.facts.get("until_on") or event.facts.get("due_on")
    said = str(title) % {"agency": name, "kind": kind_noun(told.complaint.kind), "day": day_week(when) if when else ""}
    icon, private = words.ICONS.get(event.type, "st-4"), event.type.startswith(_PRIVATE)
    return TimelineEntry(at=event.at, title=said, text=text, icon=icon, private=private)


def _last_end(told: _Told) -> Event | None:
    """The event with which the case ended last; one before a reopening had its own reason, which is gone from the case."""
    return next((one for one in reversed(told.events) if one.type in {"case.closed", "case.withdrawn"}), None)


def _deadline(told: _Told) -> NextDeadline | None:
    """The limit that runs out first."""
    if not told.limits or told.case.paused_on:
        return None
    limit = told.limits[0]
    return NextDeadline(
        step_label=str(words.STEPS[limit.step]),
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
