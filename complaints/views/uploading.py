"""Uploads in pieces, for `static/upload.js`: begin, ask, send, finish, give up. The plain forms do the same without them.

Every answer is JSON. `received` is the byte to go on from; `error` is fit to show, beside the file.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from complaints import actions, passes
from complaints.drafts import DraftFiled, DraftGone, TooManyFiles
from complaints.forms.uploading import UploadForm
from complaints.models import Draft, Upload
from complaints.uploads import ChunkRefused, Damaged, Goal, UploadGone
from core import clock
from core.files import FileRefused

from .waiting import UPLOADING, too_many_uploads

_CREATED, _BAD, _GONE, _CONFLICT, _LARGE, _REFUSED, _SLOW = 201, 400, 404, 409, 413, 422, 429
_TOLD = (ChunkRefused, FileRefused, Damaged, TooManyFiles, actions.SupplementRefused, DraftFiled, DraftGone, UploadGone)
Answering = Callable[..., JsonResponse]


def _answering(view: Answering) -> Answering:
    """Put what can go wrong into an answer."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> JsonResponse:
        try:
            return view(request, *args, **kwargs)
        except _TOLD as refusal:
            return _told(refusal)

    return answered


def _told(refusal: Exception) -> JsonResponse:
    if isinstance(refusal, ChunkRefused):
        return _answer(_CONFLICT, error=str(refusal), received=refusal.received)
    if isinstance(refusal, DraftGone | UploadGone):
        return _answer(_GONE, error=gettext("This upload is not there any more. Choose the file again"))
    filed = gettext("This draft was submitted already, so no more files can be added to it")
    return _answer(_REFUSED, error=filed if isinstance(refusal, DraftFiled) else str(refusal))


@login_not_required
@never_cache
@require_POST
@_answering
def begin(request: HttpRequest) -> JsonResponse:
    """Open an upload to the draft, or to the complaint with the number given; or go on with the one that the file began."""
    form, at = UploadForm(request.POST), clock.now()
    if not form.is_valid():
        return _answer(_BAD, error=gettext("This file could not be announced. Load the page anew and choose it again"))
    said = form.cleaned_data
    goal = passes.goal_of(request.session, said["number"], at=at)
    if goal is None:
        return _answer(_GONE, error=_closed(said["number"]), closed=True)
    if wait := UPLOADING.admit(_marks(request), at=at):
        return _answer(_SLOW, error=too_many_uploads(wait), wait=wait)
    return _begun(request, goal, said)


def _begun(request: HttpRequest, goal: Goal, said: dict[str, Any]) -> JsonResponse:
    if isinstance(goal, Draft) and goal.complaint_id:
        raise DraftFiled
    upload = actions.begin_upload(goal, said["name"], said["size"], sha256=said["sha256"], at=clock.now())
    if upload is None or upload.received:
        UPLOADING.forgive(_marks(request))  # who goes on sends nothing new
    if upload is None:
        return _answer(arrived=True)
    return _answer(_CREATED, id=str(upload.pk), received=upload.received, piece=settings.UPLOAD_CHUNK_BYTES)


@login_not_required
@never_cache
@require_safe
@_answering
def standing(request: HttpRequest, pk: UUID) -> JsonResponse:
    """Say how much has arrived."""
    return _answer(received=_upload(request, pk).received)


@login_not_required
@never_cache
@require_POST
@_answering
def chunk(request: HttpRequest, pk: UUID, start: int) -> JsonResponse:
    """Keep the piece that begins at this byte: the body as it is, with its SHA-256 in a header."""
    upload, length = _upload(request, pk), request.headers.get("Content-Length", "")
    is_bytes = request.content_type == "application/octet-stream"
    if not (is_bytes and length.isdecimal() and int(length) <= settings.UPLOAD_CHUNK_BYTES):
        words = gettext("This part of the file does not have the right size")
        return _answer(_LARGE, error=words, received=upload.received)
    sha256 = request.headers.get("X-Chunk-SHA256", "")
    return _answer(received=actions.take_chunk(upload, start, request.body, sha256=sha256, at=clock.now()))


@login_not_required
@never_cache
@require_POST
@_answering
def finish(request: HttpRequest, pk: UUID) -> JsonResponse:
    """Add the file to the draft or the complaint; a second time says that it is there."""
    at = clock.now()
    upload = passes.upload_of(request.session, pk, at=at)
    if upload is None and passes.has_arrived(request.session, pk, at=at):
        return _answer(arrived=True)
    actions.finish_upload(upload or _upload(request, pk), at=at)
    UPLOADING.forgive(_marks(request))
    if "last" in request.POST:
        messages.success(request, gettext("Your evidence has arrived. The office has been told"))
    return _answer(arrived=True)


@login_not_required
@never_cache
@require_POST
@_answering
def cancel(request: HttpRequest, pk: UUID) -> JsonResponse:
    """Forget an upload, with what has arrived of it."""
    if upload := passes.upload_of(request.session, pk, at=clock.now()):
        actions.give_up(upload)
    return _answer(cancelled=True)


def _upload(request: HttpRequest, pk: UUID) -> Upload:
    upload = passes.upload_of(request.session, pk, at=clock.now())
    if upload is None:
        raise UploadGone
    return upload


def _closed(number: str) -> str:
    if number:
        return gettext(
            "The matter was closed on this device. Enter number and query code again; the file then goes on where it stopped"
        )
    return gettext("Your draft was closed on this device. Go on with its resume code; the file then goes on where it stopped")


def _marks(request: HttpRequest) -> dict[str, str]:
    return {"address": request.META["REMOTE_ADDR"]}


def _answer(status: int = 200, **said: Any) -> JsonResponse:
    response = JsonResponse(said, status=status)
    if "wait" in said:
        response.headers["Retry-After"] = str(said["wait"])
    return response
