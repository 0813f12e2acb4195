"""The kinds of official letters, and who each of them goes to. Pure."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LetterKind(models.TextChoices):
    """What the office writes."""

    ACCEPTANCE = "acceptance", _("Notice of acceptance")
    DECLINING = "declining", _("Notice of declining")
    DISPATCH = "dispatch", _("Letter of dispatch")
    CHASER = "chaser", _("Chaser")
    SUPERVISION = "supervision", _("Supervision order")
    EXTENSION = "extension", _("Notice of extension")
    REPLY = "reply", _("Letter of reply")
    CLOSING = "closing", _("Closing report")
    CIRCULAR = "circular", _("Circular of criticism")


TO_COMPLAINANT = (LetterKind.ACCEPTANCE, LetterKind.DECLINING, LetterKind.EXTENSION, LetterKind.REPLY)
TO_AGENCY = (LetterKind.DISPATCH, LetterKind.CHASER, LetterKind.SUPERVISION, LetterKind.CIRCULAR)
SIGNED_BY_LEADER = (LetterKind.DECLINING, LetterKind.REPLY, LetterKind.CIRCULAR)
