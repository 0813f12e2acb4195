"""The templates and the numbers of official letters, kept by office leaders and the system administrator."""

import re
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import connection, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.models import User
from cases import permissions
from cases.letters.checking import faults_of, in_words
from cases.letters.kinds import LetterKind
from cases.models import LetterSeries, LetterTemplate
from cases.workflow import Refused
from core import events, files
from core.cleaning.kinds import DOCX

from .moving import ask

_PREFIX = re.compile(r"[\w·（）()—-]{1,12}")


class TemplateRefused(Refused):
    """The file cannot be a template; `faults` says, line by line, what is to be mended."""

    field = "file"

    def __init__(self, faults: list[str]) -> None:
        """Keep what is to be mended."""
        super().__init__(" ".join(faults))
        self.faults = faults


class PrefixRefused(Refused):
    """Not the words before the year of a number."""

    field = "begins"


def upload_template(kind: str, *, by: User, upload: "UploadedFile[Any]", at: datetime) -> LetterTemplate:
    """Check a Word file and use it for letters of this kind from now on; earlier versions stay. Raises TemplateRefused.

    It is cleaned as every upload is; then a trial letter is made of it. All that comes before the transaction.
    """
    ask(permissions.can_change_templates(by))
    try:
        examined = files.examine(upload)
    except files.FileRefused as refusal:
        raise TemplateRefused([str(refusal)]) from refusal
    if examined.media_type != DOCX:
        raise TemplateRefused([_("“%(name)s” is no Word file. A template is a .docx file.") % {"name": examined.name}])
    if faults := faults_of(examined.cleaned, kind):
        raise TemplateRefused([in_words(fault) for fault in faults])
    with transaction.atomic():
        _lock(kind)
        stored = files.store(examined, at=at)
        number = (LetterTemplate.objects.filter(kind=kind).aggregate(last=Max("number"))["last"] or 0) + 1
        made = LetterTemplate.objects.create(kind=kind, number=number, file=stored, uploaded_at=at, uploaded_by=by)
        _record("uploaded", kind, by=by, at=at, template=number)
        _use(kind, made.number)
    return made


@transaction.atomic
def use_template(kind: str, *, by: User, number: int, at: datetime) -> None:
    """Go back to an earlier version of a template, or with 0 to the portal's own."""
    ask(permissions.can_change_templates(by))
    _lock(kind)
    if number and not LetterTemplate.objects.filter(kind=kind, number=number).exists():
        raise TemplateRefused([_("There is no such version.")])
    _use(kind, number)
    _record("chosen", kind, by=by, at=at, template=number)


@transaction.atomic
def choose_prefix(kind: str, *, by: User, prefix: str, at: datetime) -> None:
    """Choose the words before the year in the numbers of a kind. Kinds with the same words share one series of numbers."""
    ask(permissions.can_change_templates(by))
    if not _PREFIX.fullmatch(prefix.strip()):
        raise PrefixRefused(_("Up to 12 characters, letters and digits only, such as 清优效受."))
    LetterSeries.objects.update_or_create(kind=kind, defaults={"prefix": prefix.strip(), "changed_at": at, "changed_by": by})
    _record("numbered", kind, by=by, at=at, prefix=prefix.strip())


def _lock(kind: str) -> None:
    """Let nobody else change the templates of this kind until the transaction ends, whether there is one yet or not."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"letter-template:{kind}"])


def _use(kind: str, number: int) -> None:
    LetterTemplate.objects.filter(kind=kind, is_active=True).update(is_active=False)
    LetterTemplate.objects.filter(kind=kind, number=number).update(is_active=True)


def _record(what: str, kind: str, *, by: User, at: datetime, **facts: events.Fact) -> None:
    letter_kind = str(LetterKind(kind))
    events.record(f"letters.template_{what}", subject=f"letters:{letter_kind}", actor=events.user_id(by), at=at, facts=facts)
