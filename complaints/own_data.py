"""Everything the vault holds about a complainant, for the complainant's own eyes: as a page, and as a file to take along."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext, pgettext

from core import clock, vault
from core.models import Event
from core.templatetags.portal import full_day

from . import keeping, labels, phones, reading
from .models import Complainant, Complaint, Consent, Disclosure, Identity, IdentityCheck
from .reading import Look
from .wording import one_line

# What may stay out without harm to the matter, and so may be deleted at any time.
OPTIONAL = ("email", "address", "id_number")
SHOWN, DOWNLOADED = "complaint.data_shown", "complaint.data_downloaded"
_MOST_VISITS = 20


@dataclass(frozen=True)
class Held:
    """One thing that the vault holds; `url_name` leads to the page on which it is changed."""

    term: str
    value: str
    note: str = ""
    url_name: str = ""


@dataclass(frozen=True)
class OwnData:
    """All that the page shows."""

    complaint: Complaint
    held: list[Held]
    agreed: list[Held]
    optional: list[tuple[str, str]]
    looks: list[Look]
    visits: list[datetime]
    keeping: keeping.Keeping


@dataclass(frozen=True)
class Contact:
    """How a complainant is reached and told; an empty text deletes."""

    email: str
    address: str
    notify_sms: bool
    notify_email: bool
    language: str


def names_somebody(complaint: Complaint) -> bool:
    """Tell whether there is a person here to whom the data belongs; who denies having filed is not the one with the code."""
    return complaint.identity == Identity.REAL_NAME and complaint.complainant is not None and complaint.erased_at is None


def own_data(complaint: Complaint, person: Complainant) -> OwnData:
    """Open what is held about who filed. Showing it is the caller's event to record."""
    return OwnData(
        complaint=complaint,
        held=[*_naming(complaint, person), *_others(complaint)],
        agreed=_agreed(complaint, person),
        optional=[(column, reading.column_label(column)) for column in OPTIONAL if getattr(person, f"{column}_sealed")],
        looks=reading.looks(complaint),
        visits=_visits(complaint),
        keeping=keeping.keeping_of(complaint, clock.today()),
    )


def opened(person: Complainant, column: str) -> str:
    """Open one value; an empty text when there is none."""
    sealed = getattr(person, f"{column}_sealed")
    return vault.open_sealed(sealed, row=person.vault_row, column=column) if sealed else ""


def told_by(complaint: Complaint) -> str:
    """Return in words how the complainant hears of each step."""
    ways = [gettext("by text message")] if complaint.notify_sms else []
    ways += [gettext("by e-mail")] if complaint.notify_email else []
    return labels.enumerated(ways) or gettext("not at all; you look it up")


def _naming(complaint: Complaint, person: Complainant) -> list[Held]:
    phone, none = opened(person, "phone"), gettext("not given")
    id_note = str(Complainant.IdKind(person.id_kind).label) if person.id_kind else ""
    held = [
        Held(gettext("Name"), one_line(opened(person, "name")), url_name="complaints:own_name"),
        Held(gettext("Mobile number"), phones.shown(phone) if phone else none, _verified(person), "complaints:own_phone"),
        Held(gettext("E-mail"), opened(person, "email") or none, url_name="complaints:own_contact"),
        Held(gettext("Address"), opened(person, "address") or none, url_name="complaints:own_contact"),
        Held(gettext("You are told"), told_by(complaint), _language(person), "complaints:own_contact"),
        Held(gettext("ID number"), person.id_masked or none, id_note),
    ]
    if person.organisation_sealed:
        held.insert(1, Held(gettext("Company or organisation"), one_line(opened(person, "organisation"))))
    if person.uscc_sealed:
        held.insert(2, Held(gettext("Unified social credit code"), opened(person, "uscc")))
    return held


def _others(complaint: Complaint) -> list[Held]:
    """Those who signed along, masked: what is theirs is theirs to see."""
    return [
        Held(gettext("Representative %(n)d") % {"n": one.position}, " · ".join(filter(None, (one.name_masked, one.phone_masked))))
        for one in sorted(complaint.representatives.all(), key=lambda row: row.position)
    ]


def _agreed(complaint: Complaint, person: Complainant) -> list[Held]:
    version = gettext("version %(version)s") % {"version": complaint.privacy_version} if complaint.privacy_version else ""
    agreed = [Held(gettext("Privacy notice"), version or gettext("no version on record"))]
    agreed += [_consent(one) for one in complaint.consents.all()]
    if person.id_consent_at:
        agreed.append(Held(gettext("Keeping the ID number"), full_day(person.id_consent_at)))
    if filed := getattr(complaint, "filing_consent", None):
        agreed.append(Held(gettext("Filing for you"), f"{filed.get_means_display()} · {full_day(filed.given_on)}"))
    return agreed


def _consent(consent: Consent) -> Held:
    names = [str(one.label) for one in Disclosure if one.value in consent.fields]
    told = labels.enumerated(names) or pgettext("consent", "Nothing about you")
    ended = gettext("taken back on %(day)s") % {"day": full_day(consent.revoked_at)} if consent.revoked_at else ""
    given = gettext("agreed on %(day)s") % {"day": full_day(consent.given_at)}
    return Held(labels.agency_name(consent.agency), told, " · ".join(filter(None, (given, ended))))


def _verified(person: Complainant) -> str:
    how = str(Complainant.Verification(person.verification).label)
    return f"{how} · {full_day(person.verified_at)}" if person.verified_at else how


def _language(person: Complainant) -> str:
    return gettext("in English") if person.language == "en" else gettext("in Chinese")


def _visits(complaint: Complaint) -> list[datetime]:
    """When this page was opened with number and code, or by the confirmed number, latest first."""
    rows = Event.objects.filter(subject=complaint.subject, type__in=[SHOWN, DOWNLOADED]).order_by("-id")
    return list(rows.values_list("at", flat=True)[:_MOST_VISITS])


def portable(complaint: Complaint, person: Complainant) -> dict[str, Any]:
    """Return the own data as plain values for a JSON file; the ID number stays masked, for a code may be in wrong hands."""
    columns = ("name", "organisation", "uscc", "phone", "email", "address")
    words = reading.own_words(complaint)
    return {
        "number": complaint.number,
        "received_at": complaint.received_at.astimezone(clock.SHANGHAI).isoformat(),
        "complainant": {column: opened(person, column) for column in columns}
        | {"kind": person.kind, "id_kind": person.id_kind, "id_number_masked": person.id_masked, "language": person.language},
        "verification": {"level": person.verification, "at": _iso(person.verified_at), "checks": _checks(person)},
        "told": {"sms": complaint.notify_sms, "email": complaint.notify_email},
        "matter": {
            "agency": complaint.agency.name if complaint.agency else words.agency_words,
            "respondent": words.respondent,
            "category": complaint.category,
            "behaviours": complaint.behaviours,
            "happened_on": _iso(complaint.happened_on),
            "ongoing": complaint.ongoing,
            "place": words.place,
            "narrative": words.narrative,
            "wish": words.wish,
            "sha256": complaint.content_sha256,
        },
        "files": [
            {"name": one.name, "type": one.media_type, "size": one.size, "sha256": one.sha256}
            for one in reading.evidence_files(complaint)
        ],
        "representatives": [
            {"position": one.position, "name_masked": one.name_masked, "phone_masked": one.phone_masked}
            for one in sorted(complaint.representatives.all(), key=lambda row: row.position)
        ],
        "messages": [
            {"at": _iso(one.at), "from": "office" if one.from_office else "complainant", "text": one.text}
            for one in reading.thread_for_filer(complaint)
        ],
        "privacy_notice": complaint.privacy_version,
        "consents": [
            {"agency": one.agency.name, "fields": one.fields, "given_at": _iso(one.given_at), "revoked_at": _iso(one.revoked_at)}
            for one in complaint.consents.all()
        ],
        "looks": [
            {"at": _iso(one.at), "role": one.role, "what": one.column, "purpose": one.purpose} for one in reading.looks(complaint)
        ],
    }


def _checks(person: Complainant) -> list[dict[str, Any]]:
    rows = IdentityCheck.objects.filter(complainant=person).order_by("checked_at", "pk")
    return [{"level": one.level, "confirmed": one.confirmed, "at": _iso(one.checked_at)} for one in rows]


def _iso(value: date | datetime | None) -> str | None:
    if isinstance(value, datetime):
        return value.astimezone(clock.SHANGHAI).isoformat()
    return value.isoformat() if value else None
