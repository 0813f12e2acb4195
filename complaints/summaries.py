"""What was written, as terms and values: to check before submitting, and to read again later."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext, ngettext, pgettext

from core import files
from core.templatetags.portal import file_size, full_day

from . import labels, phones
from .filing import Filer, Filing
from .models import Complainant, Disclosure, Kind
from .wording import one_line


@dataclass(frozen=True)
class Fact:
    """One answer; `step` is the question where it can be changed."""

    term: str
    value: str
    note: str = ""
    step: str = ""


@dataclass(frozen=True)
class Section:
    """Answers that belong together."""

    title: str
    facts: list[Fact]
    files: list[dict[str, Any]] = field(default_factory=list)
    step: str = ""


def of_matter(filing: Filing) -> list[Section]:
    """Return what was written about the matter, with the files."""
    return [_whom(filing), _events(filing), _files(filing)]


def of_person(filing: Filing) -> Section:
    """Return what the filer said about himself, for the filer's own eyes."""
    if filing.filer is None:
        how = Fact(gettext("How"), gettext("Anonymous"), gettext("Nobody can tell you anything; keep the query code"), "identity")
        return Section(gettext("Who you are"), [how])
    filer = filing.filer
    facts = [
        Fact(gettext("How"), gettext("Real name; only this office sees it"), step="identity"),
        Fact(gettext("Name"), one_line(filer.name), step="contact"),
        *_organisation(filer),
        _reach(filer),
        *([Fact(gettext("Postal address"), one_line(filer.address), step="contact")] if filer.address else []),
        Fact(gettext("You are told"), _told(filing), step="contact"),
        *_joint(filing.signers, filer),
    ]
    if filing.agency and filing.kind == Kind.COMPLAINT:
        facts.append(Fact(gettext("The agency may learn"), disclosed_names(filing.disclose), step="disclosure"))
    return Section(gettext("Who you are"), facts)


def disclosed_names(codes: tuple[str, ...]) -> str:
    """Return what the agency may learn, in words."""
    names = [str(one.label) for one in Disclosure if one.value in codes]
    return labels.enumerated(names) if names else pgettext("consent", "Nothing about you")


def _whom(filing: Filing) -> Section:
    title = gettext("Whom and what kind")
    facts = [Fact(gettext("Agency"), labels.agency_words(filing.agency, filing.agency_words), step="about")]
    facts.insert(0, Fact(gettext("Kind of matter"), str(Kind(filing.kind).label), step="kind"))
    if filing.respondent:
        facts.append(Fact(gettext("Section or person"), one_line(filing.respondent), step="about"))
    official = labels.category_official(filing.category)
    note = " · ".join(part for part in (official, labels.behaviour_names(filing.behaviours)) if part)
    facts.append(Fact(gettext("Kind of problem"), labels.category_plain(filing.category), note, "problem"))
    if filing.secondary:
        facts.append(Fact(gettext("Also"), labels.categories_plain(filing.secondary), step="problem"))
    return Section(title, facts)


def _events(filing: Filing) -> Section:
    going_on = gettext("still going on") if filing.ongoing else gettext("it is over")
    when = f"{full_day(filing.happened_on)} · {going_on}" if filing.happened_on else going_on
    facts = [Fact(gettext("When"), when, step="events")]
    if filing.place:
        facts.append(Fact(gettext("Where"), one_line(filing.place), step="events"))
    facts.append(Fact(gettext("What happened"), filing.narrative, step="events"))
    if filing.wish:
        facts.append(Fact(gettext("What would put it right"), filing.wish, step="events"))
    if filing.earlier_number:
        facts.append(Fact(gettext("Follows on from"), filing.earlier_number, step="events"))
    return Section(gettext("What happened"), facts)


def _files(filing: Filing) -> Section:
    listed = [
        {
            "key": stored.pk,
            "name": one_line(files.name_of(stored)),
            "size": file_size(stored.size),
            "is_picture": stored.media_type.startswith("image/"),
            "has_preview": bool(stored.preview) and stored.is_viewable,
        }
        for stored in filing.files
    ]
    return Section(gettext("Evidence"), [], listed, "evidence")


def _organisation(filer: Filer) -> list[Fact]:
    if not filer.organisation:
        return []
    return [Fact(gettext("Company or organisation"), one_line(filer.organisation), filer.uscc, "contact")]


def _reach(filer: Filer) -> Fact:
    """The number with what has been or will be done about it, or that the filer comes in person."""
    if not filer.phone:
        return Fact(pgettext("mobile or fixed", "Phone number"), gettext("None; you come by in person"), step="contact")
    if filer.verification == Complainant.Verification.PHONE:
        return Fact(gettext("Mobile number"), phones.shown(filer.phone), gettext("confirmed"), "contact")
    return Fact(pgettext("mobile or fixed", "Phone number"), phones.shown(filer.phone), gettext("We call you back"), "contact")


def _joint(signers: int, filer: Filer) -> list[Fact]:
    """How many file together, and who speaks for them."""
    if signers == 1:
        return []
    people = ngettext("%(n)d person", "%(n)d people", signers) % {"n": signers}
    names = [f"{one.name} {phones.shown(one.phone) if one.phone else ''}".strip() for one in filer.representatives]
    note = gettext("represented also by %(names)s") % {"names": labels.enumerated(names)} if names else ""
    return [Fact(gettext("Filed together"), people, note, "contact")]


def _told(filing: Filing) -> str:
    ways = [gettext("by text message")] if filing.notify_sms else []
    ways += [gettext("by e-mail to %(email)s") % {"email": filing.filer.email}] if filing.notify_email and filing.filer else []
    if ways:
        return labels.enumerated(ways)
    by_call = filing.filer is not None and filing.filer.phone
    return gettext("by a call, or you look it up") if by_call else gettext("not at all; you look it up")
