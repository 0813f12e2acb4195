"""The history of a case as staff read it: every event in words, with the names of those who acted."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import User
from agencies.models import Agency, DispositionKind
from complaints.labels import agency_name, category_official
from complaints.models import Complaint, RewardClaim, Satisfaction
from complaints.purposes import purpose_label
from complaints.reading import column_label
from core import events
from core.models import Event
from core.templatetags.portal import day_week

from .letters.kinds import LetterKind
from .models import Card, Case, Cost, InvestigationRecord, Letter, ProblemMark, Recusal, Review, Suspension
from .wording import DISCLOSED, ICONS, WAYS, rung_words, title_of
from .workflow import REVIEW_STEPS, Advice, Body, Finding, Mode, Step

REMINDED = "deadline.reminded"
_MERGERS = {"case.merged", "case.unmerged", "case.joined", "case.parted"}
_HOLD = "complaint.hold_"
_CARD = "case.card_"
_CARD_FALLEN = {"case.card_dismissed", "case.card_lapsed", "case.card_withdrawn"}
_CARD_WAITS = {"case.card_suggested", "case.card_appealed"}
_SHOWN = (
    *("case.", "deadline.", "vault.", "complaint.message", "complaint.supplemented", "complaint.data_corrected"),
    *(
        "complaint.identity",
        "complaint.name_corrected",
        "complaint.data_deleted",
        "complaint.code_renewed",
        _HOLD,
        "complaint.erased",
    ),
    *("complaint.review_", "complaint.reward_", "complaint.disclosure_", "complaint.id_number_"),
)


_CODES: Mapping[str, type[TextChoices]] = {
    "finding": Finding,
    "advice": Advice,
    "satisfaction": Satisfaction,
    "outcome": Review.Outcome,
    "proof": RewardClaim.Proof,
    "letter_kind": LetterKind,
    "body": Body,
    "problem": ProblemMark.Cause,
    "means_of_delivery": Letter.Means,
    "colour": Card.Colour,
    "card_ground": Card.Ground,
    "record_kind": InvestigationRecord.Kind,
    "cost_kind": Cost.Kind,
    "disposition_kind": DispositionKind,
    "recusal_ground": Recusal.Ground,
    "recusal_means": Recusal.Means,
}


@dataclass(frozen=True)
class Entry:
    """One line of the history; the words of `components/timeline.html`."""

    at: datetime
    title: str
    text: str
    icon: str


@dataclass(frozen=True)
class Reminder:
    """One reminder of one limit: which rung, to whom, when."""

    deadline: int
    words: str
    at: datetime
    people: str


@dataclass(frozen=True)
class Coming:
    """One reminder that is still to come: which rung, when, to whom as things stand."""

    words: str
    at: datetime
    people: str


@dataclass(frozen=True)
class History:
    """What happened to a case, and the names in it."""

    happened: list[Event]
    people: Mapping[int, str]
    agencies: Mapping[int, str]

    def holds(self, type_: str) -> bool:
        """Tell whether this has happened."""
        return any(event.type == type_ for event in self.happened)

    def entries(self) -> list[Entry]:
        """Return every line, newest first."""
        return [self._entry(event) for event in reversed(self.happened)]

    def last_of(self, type_: str, subject: str) -> datetime | None:
        """Return when something last happened to one subject of the case."""
        return next((one.at for one in reversed(self.happened) if one.type == type_ and one.subject == subject), None)

    def card_waits(self) -> bool:
        """Tell whether a card is suggested or an appeal waits; a red one that stands took the place of those it replaced."""
        told = [one for one in self.happened if one.type.startswith(_CARD)]
        last = {one.facts["card"]: one.type for one in told}
        standing = [one for one in told if last[one.facts["card"]] not in _CARD_FALLEN]
        replaced = {pk for one in standing for pk in one.facts.get("replaces", [])}
        return any(type_ in _CARD_WAITS and pk not in replaced for pk, type_ in last.items())

    def held_by(self, subject: str) -> tuple[datetime, str] | None:
        """Return since when and by whom a complaint is held; None when it is not, or no longer."""
        last = next((one for one in reversed(self.happened) if one.subject == subject and one.type.startswith(_HOLD)), None)
        return (last.at, self._actor(last)) if last and last.type == f"{_HOLD}placed" else None

    def reminders(self) -> list[Reminder]:
        """Return the reminders sent, oldest first."""
        return [
            Reminder(event.facts["deadline"], rung_words(event.facts["offset"]), event.at, self._names(event.facts["recipients"]))
            for event in self.happened
            if event.type == REMINDED
        ]

    def _entry(self, event: Event) -> Entry:
        step = event.facts.get("step", "")
        title = title_of(event, agency=self.agencies.get(event.facts.get("agency") or 0, ""), step=_label(Step, step))
        merged = str(event.facts["number"]) if event.type in _MERGERS else ""
        parts = [self._actor(event), merged, *self._details(event)]
        text = " · ".join(part for part in parts if part)
        return Entry(at=event.at, title=title, text=text, icon=ICONS.get(event.type, "st-4"))

    def _actor(self, event: Event) -> str:
        if event.actor == events.CITIZEN:
            return _("the complainant")
        kind, _colon, pk = event.actor.partition(":")
        return self.people.get(int(pk), "") if kind == "user" and pk.isdigit() else ""

    def _details(self, event: Event) -> Iterable[str]:
        """Yield what the facts of an event say, in words."""
        facts = event.facts
        if "mode" in facts:
            yield category_official(facts["category"])
            yield _label(Mode, facts["mode"])
        if "person" in facts:
            yield self._names([facts["person"]])
        yield from _labels(facts)
        if "old" in facts:
            yield _("%(old)s → %(new)s") % {"old": day_week(facts["old"]), "new": day_week(facts["due_on"])}
        yield from _clock(facts)
        if "offset" in facts:
            yield rung_words(facts["offset"])
        if "recipients" in facts:
            yield _("to %(people)s") % {"people": self._names(facts["recipients"])}
        if "column" in facts:
            yield column_label(facts["column"])
        if "purpose" in facts:
            yield purpose_label(facts["purpose"])
        yield str(WAYS.get(facts.get("way", ""), ""))

    def _names(self, ids: Iterable[int]) -> str:
        return _comma().join(self.people.get(pk, "") for pk in ids)


def of(case: Case, complaints: Iterable[Complaint]) -> History:
    """Return the history of a case and the looks at its complainants' data: two queries, or three if others had a part in it."""
    subjects = [case.subject, *(complaint.subject for complaint in complaints)]
    happened = [event for event in Event.objects.of(*subjects) if event.type.startswith(_SHOWN)]
    known = {agency.pk: agency for agency in (case.agency, case.respondent_agency) if agency}
    others = Agency.objects.filter(pk__in={event.facts.get("agency") for event in happened} - {None, *known})
    return History(
        happened=happened,
        people=dict(User.objects.filter(pk__in=_people_in(happened)).values_list("pk", "full_name")),
        agencies={agency.pk: agency_name(agency) for agency in (*known.values(), *others)},
    )


def _people_in(happened: Iterable[Event]) -> set[int]:
    people: set[int] = set()
    for event in happened:
        kind, _colon, pk = event.actor.partition(":")
        people |= {int(pk)} if kind == "user" and pk.isdigit() else set()
        people |= {*event.facts.get("recipients", []), *({event.facts["person"]} if "person" in event.facts else ())}
    return people


def _labels(facts: Mapping[str, Any]) -> Iterable[str]:
    """Yield the words of the codes among the facts, empty ones too; the reader of them leaves those out."""
    if "level" in facts:
        yield str(REVIEW_STEPS[facts["level"]].label)
    if "kept" in facts:
        yield _("a discipline matter that the office keeps")
    for name, choices in _CODES.items():
        yield _label(choices, facts.get(name, ""))
    yield facts.get("letter_number", "")
    yield _comma().join(str(DISCLOSED[field]) for field in facts.get("fields", []) if field in DISCLOSED)
    yield _comma().join(column_label(column) for column in facts.get("columns", []))


def _label(choices: type[TextChoices], code: str) -> str:
    return str(choices(code).label) if code in choices.values else ""


def _clock(facts: Mapping[str, Any]) -> Iterable[str]:
    """Yield why and since when the clock of a case stood still."""
    yield _label(Suspension.Ground, facts.get("ground", ""))
    if "from_on" in facts:
        yield _("does not count from %(day)s") % {"day": day_week(facts["from_on"])}
    if "until_on" in facts:
        yield _("counts again from %(day)s") % {"day": day_week(facts["until_on"])}
    if "delivered_on" in facts:
        yield day_week(facts["delivered_on"])


def _comma() -> str:
    return "、" if (get_language() or "").startswith("zh") else ", "
