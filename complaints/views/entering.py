"""Taking in a one-page entry: its scans are kept even when something else must be mended; what is whole is lodged, once."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext

from accounts.models import User
from complaints import actions, drafts, entries
from complaints.forms.base import posted
from complaints.forms.entering import MatterForm
from complaints.models import Complaint, Draft
from core.calendars import PolicyMissing
from core.files import FileRefused

Lodge = Callable[[Draft], Complaint]


def typed_in(request: HttpRequest) -> tuple[MultiValueDict[str, str], Any] | tuple[None, None]:
    """Return what was posted, without characters that no keyboard types; nothing when the page is only opened."""
    return (posted(request.POST), request.FILES) if request.method == "POST" else (None, None)


def taken(form: MatterForm, lodge: Lodge, *, by: User, at: datetime) -> Complaint | None:
    """Keep the scans and lodge when all is well; None shows the page again, with what to mend."""
    is_whole, uploads = form.is_valid(), form.files.getlist("scans")
    key = form.page_key
    if key is None or not (is_whole or uploads):
        return None
    draft = actions.open_entry(key, by=by, at=at)
    if uploads and not draft.complaint_id:
        _keep(form, draft, uploads, at)
    return _lodged(form, draft, lodge) if form.is_valid() else None


def drop_scan(form: MatterForm, typed: str, *, by: User, at: datetime) -> None:
    """Delete one of the scans kept so far; one that is not there any more is fine."""
    key = form.page_key
    if key and typed.isdecimal() and typed in {str(scan.pk) for scan in entries.scans_of(key, by)}:
        actions.remove_file(actions.open_entry(key, by=by, at=at), int(typed), at=at)


def _keep(form: MatterForm, draft: Draft, uploads: list[Any], at: datetime) -> None:
    for upload in uploads:
        try:
            actions.add_scan(draft, upload, at=at)
        except (FileRefused, drafts.TooManyFiles) as error:
            form.add_error("scans", str(error))
        except drafts.DraftFiled:
            return


def _lodged(form: MatterForm, draft: Draft, lodge: Lodge) -> Complaint | None:
    try:
        return lodge(draft)
    except entries.EnteredAlready as error:
        form.renew()
        form.add_error(None, str(error))
    except entries.OwnUnit as error:
        form.add_error("agency", str(error))
    except PolicyMissing:
        form.add_error(
            "received_on" if "received_on" in form.fields else None,
            gettext("No time limit is in force for the day of receipt. Check that day."),
        )
    return None
