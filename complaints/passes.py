"""What this browser may see without an account: the draft it writes, the matters whose code it knew; forgotten when idle."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.sessions.backends.base import SessionBase

from .models import Complaint, Draft, Evidence, PhoneProof, Upload

_DRAFT = "draft"
_OPENED = "opened"
_LEFT = "left"
_ENTERED = "entered"
_FILED = "filed"
_PROOF = "proof"
_PROVED = "proved"
DRAFT_IDLE = timedelta(hours=2)
OPENED_IDLE = timedelta(hours=1)
# For so long whoever entered a matter can read the codes out and print them; then only the complainant has them.
ENTERED_MINUTES = 15
# For so long the browser that filed sees the claim code: who only knows number and query code never does.
FILED_MINUTES = 60


def remember_draft(session: SessionBase, draft: Draft, *, at: datetime) -> None:
    """Let this browser go on with a draft."""
    if session.get(_DRAFT, {}).get("id") != str(draft.pk):
        session.cycle_key()
    session[_DRAFT] = {"id": str(draft.pk), "at": at.timestamp()}


def draft_of(session: SessionBase, *, at: datetime) -> Draft | None:
    """Return the draft that this browser writes, unless it expired or lay idle for two hours."""
    entry = session.get(_DRAFT)
    if not entry or at.timestamp() - entry["at"] > DRAFT_IDLE.total_seconds():
        return None
    draft = Draft.objects.alive(at).select_related("complaint").filter(pk=entry["id"]).first()
    if draft:
        session[_DRAFT] = {**entry, "at": at.timestamp()}
    return draft


def forget_draft(session: SessionBase) -> None:
    """End this browser's work on a draft; the draft stays and can be resumed."""
    session.pop(_DRAFT, None)


def leave_draft(session: SessionBase, draft: Draft) -> None:
    """End this browser's work on a draft, but let the next page say how to come back."""
    forget_draft(session)
    session[_LEFT] = str(draft.pk)


def left_draft(session: SessionBase, *, at: datetime) -> Draft | None:
    """Return the draft that was just left, once."""
    pk = session.pop(_LEFT, None)
    return Draft.objects.alive(at).filter(pk=pk).first() if pk else None


def open_complaint(session: SessionBase, complaint: Complaint, *, at: datetime) -> None:
    """Let this browser see a matter; the session gets a new key."""
    session.cycle_key()
    session[_OPENED] = {**session.get(_OPENED, {}), complaint.number: [at.timestamp(), complaint.code_version]}


def complaint_of(session: SessionBase, number: str, *, at: datetime) -> Complaint | None:
    """Return a matter that this browser may see, unless it was not looked at for an hour or has a new query code since."""
    version = _opened_version(session, number, at)
    return Complaint.objects.for_detail().filter(number=number, code_version=version).first() if version else None


def goal_of(session: SessionBase, number: str, *, at: datetime) -> Draft | Complaint | None:
    """Return what this browser may add files to: the matter with this number, or without one the draft that it writes."""
    if not number:
        return draft_of(session, at=at)
    version = _opened_version(session, number, at)
    return Complaint.objects.filter(number=number, code_version=version).first() if version else None


def upload_of(session: SessionBase, pk: UUID, *, at: datetime) -> Upload | None:
    """Return an upload to the draft that this browser writes, or to a matter that it may see."""
    upload = Upload.objects.select_related("draft", "complaint").filter(pk=pk).first()
    if upload is None:
        return None
    goal = goal_of(session, upload.complaint.number if upload.complaint else "", at=at)
    return upload if goal is not None and goal in {upload.draft, upload.complaint} else None


def has_arrived(session: SessionBase, pk: UUID, *, at: datetime) -> bool:
    """Tell whether an upload of this browser is a file by now: in its draft, or in a matter that it may see."""
    draft = draft_of(session, at=at)
    if draft and draft.files.filter(file_id=pk).exists():
        return True
    number = Evidence.objects.filter(file_id=pk).values_list("complaint__number", flat=True).first()
    return number is not None and goal_of(session, number, at=at) is not None


def _opened_version(session: SessionBase, number: str, at: datetime) -> int:
    """Return the version of the query code by which this browser opened a matter; 0 when it may not see it. Keeps it open."""
    opened = session.get(_OPENED, {})
    since, version = _opened_since(opened.get(number))
    if at.timestamp() - since > OPENED_IDLE.total_seconds():
        return 0
    session[_OPENED] = {**opened, number: [at.timestamp(), version]}
    return version


def _opened_since(entry: list[float] | float | None) -> tuple[float, int]:
    """Return when a matter was last looked at and by which version of its code."""
    return (entry[0], int(entry[1])) if isinstance(entry, list) else (0, 0)


def close_complaints(session: SessionBase) -> None:
    """Forget every matter that this browser saw, the confirmed number, and the draft."""
    for key in (_OPENED, _FILED, _PROOF, _PROVED):
        session.pop(key, None)
    forget_draft(session)


@dataclass(frozen=True)
class Proved:
    """A number that this browser proved: its keyed hash, and how it looks masked."""

    phone_index: bytes
    masked: str


@dataclass(frozen=True)
class Awaited:
    """A code that was asked for: of which proof, and the number as it looks masked."""

    proof_id: str
    masked: str


def await_code(session: SessionBase, proof: PhoneProof, *, what_for: str, masked: str) -> None:
    """Remember which code this browser asked for, and for what: `matters`, or the number of a complaint."""
    session[_PROOF] = {"id": str(proof.pk), "for": what_for, "masked": masked}


def awaited_code(session: SessionBase, *, what_for: str) -> Awaited | None:
    """Return the code that this browser asked for."""
    entry = session.get(_PROOF)
    return Awaited(entry["id"], entry["masked"]) if entry and entry["for"] == what_for else None


def forget_code(session: SessionBase) -> None:
    """Forget the code that was asked for; it was used."""
    session.pop(_PROOF, None)


def remember_phone(session: SessionBase, proved: Proved, *, at: datetime) -> None:
    """Let this browser see the matters of a number; the session gets a new key and never holds the number itself."""
    session.cycle_key()
    session[_PROVED] = {"index": proved.phone_index.hex(), "masked": proved.masked, "at": at.timestamp()}


def proved_phone(session: SessionBase, *, at: datetime) -> Proved | None:
    """Return the number that this browser proved, unless its list was not used for an hour."""
    entry = session.get(_PROVED)
    if not entry or at.timestamp() - entry["at"] > OPENED_IDLE.total_seconds():
        return None
    session[_PROVED] = {**entry, "at": at.timestamp()}
    return Proved(bytes.fromhex(entry["index"]), entry["masked"])


def remember_entered(session: SessionBase, complaint: Complaint, *, at: datetime) -> None:
    """Let who entered a matter read its codes for a quarter of an hour; older ones are forgotten."""
    fresh = {number: since for number, since in session.get(_ENTERED, {}).items() if _is_fresh(since, at)}
    session[_ENTERED] = {**fresh, complaint.number: at.timestamp()}


def was_entered(session: SessionBase, number: str, *, at: datetime) -> bool:
    """Tell whether this session entered the matter just now."""
    return _is_fresh(session.get(_ENTERED, {}).get(number, 0), at)


def open_filed(session: SessionBase, complaint: Complaint, *, at: datetime) -> None:
    """Let this browser, which has just filed the matter, see it with everything that stands on its receipt."""
    open_complaint(session, complaint, at=at)
    session[_FILED] = {complaint.number: at.timestamp()}


def was_filed(session: SessionBase, number: str, *, at: datetime) -> bool:
    """Tell whether this browser filed the matter within the hour."""
    return _is_fresh(session.get(_FILED, {}).get(number, 0), at, minutes=FILED_MINUTES)


def _is_fresh(since: float, at: datetime, *, minutes: int = ENTERED_MINUTES) -> bool:
    return 0 <= at.timestamp() - since < minutes * 60


def complaint_with(number: str) -> Complaint | None:
    """Return the matter with this number, to compare its code."""
    return Complaint.objects.filter(number=number).first()


def draft_with(resume_index: bytes, *, at: datetime) -> Draft | None:
    """Return the living draft with this resume code's index."""
    return Draft.objects.alive(at).select_related("complaint").filter(resume_index=resume_index).first()
