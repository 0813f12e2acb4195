"""What the page of a step shows besides its form."""

from typing import Any

from core import files, masking
from core.templatetags.portal import file_size

from . import codes, drafts, labels, phones, privacy, remit, summaries, uploads, wizard
from .models import DraftFile
from .wizard import Step, Walk
from .wording import one_line


def about(walk: Walk, step: Step) -> dict[str, Any]:
    """Return what the page of this step needs to know about the draft."""
    facts: dict[str, Any] = {"step": step, "parts": wizard.PARTS, "walk": walk, "seen": walk.answers.fingerprint(step.slug)}
    if walk.draft:
        facts |= {"code": codes.resume_code(walk.draft), "until": drafts.last_day(walk.draft)}
    if step is wizard.EVIDENCE:
        facts |= {"files": [_file(item) for item in walk.files], "under_way": uploads.under_way(walk.draft)}
    if step is wizard.PHONE:
        facts["phone"] = masking.mask_phone(phones.national(walk.phone))
    if step is wizard.DISCLOSURE and (agency := walk.said(wizard.ABOUT).get("agency")):
        facts["agency"] = labels.agency_name(agency)
    if step is wizard.CHECK and walk.draft:
        filing = walk.filing()
        facts["elsewhere"] = remit.hints(filing.narrative, categories=(filing.category, *filing.secondary))
        facts["under_way"] = uploads.under_way(walk.draft)
        facts["missing"] = labels.enumerated([one.name for one in facts["under_way"]])
        facts |= {"sections": [*summaries.of_matter(filing), summaries.of_person(filing)], "version": walk.draft.version}
        facts["kind"] = labels.kind_noun(walk.kind)
        facts["privacy_version"] = privacy.VERSION
    return facts


def _file(item: DraftFile) -> dict[str, Any]:
    stored = item.file
    is_picture = stored.media_type.startswith("image/")
    facts = {"pk": item.pk, "name": one_line(files.name_of(stored)), "size": file_size(stored.size), "is_picture": is_picture}
    facts |= {"key": stored.pk, "has_preview": bool(stored.preview) and stored.is_viewable}
    is_locked = stored.state == stored.State.INFECTED
    return facts | {"is_locked": is_locked, "standing": "" if stored.is_viewable else stored.get_state_display()}
