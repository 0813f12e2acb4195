"""Official letters: the templates that the office edits in Word, and every letter made from them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .case import Case


class LetterKind(models.TextChoices):
    """The letters of the office."""

    ACCEPTED = "accepted", _("Notice of acceptance")
    DECLINED = "declined", _("Notice of non-acceptance")
    TRANSFER = "transfer", _("Letter of transfer")
    CHASER = "chaser", _("Chaser notice")
    ORDER = "order", _("Supervision order letter")
    EXTENSION = "extension", _("Notice of extension")
    REPLY = "reply", _("Letter of reply")
    CLOSING = "closing", _("Closing report")


class LetterTemplate(models.Model):
    """A template in Word as somebody uploaded it; the newest of a kind is in force, and without one the built-in one."""

    kind = models.CharField(max_length=10, choices=LetterKind.choices)
    name = models.CharField(max_length=120)
    content = models.BinaryField()
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["kind", "-id"], name="letter_template_newest")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.name}"


class Letter(models.Model):
    """A letter of a case; sealed, because the complainant's name may stand in it. Numbered by kind and year without gaps."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="letters")
    kind = models.CharField(max_length=10, choices=LetterKind.choices)
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    number = models.CharField(max_length=40, unique=True)  # as printed
    content_sealed = models.BinaryField(null=True)  # .docx; empty once the retention time is over
    names_complainant = models.BooleanField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "year", "serial"], name="letter_serial_once"),
            models.CheckConstraint(condition=Q(kind__in=LetterKind.values), name="letter_kind_known"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def vault_row(self) -> str:
        """The row's name in the vault; known before the row is saved."""
        return f"letter:{self.kind}:{self.year}:{self.serial}"
