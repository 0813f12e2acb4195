"""The words from which what is lodged is chosen."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Identity(models.TextChoices):
    """Identity mode."""

    REAL_NAME = "real_name", _("Real name")
    ANONYMOUS = "anonymous", _("Anonymous")


class Kind(models.TextChoices):
    """What sort of lodged matter it is; they differ in feedback, secrecy and reward."""

    COMPLAINT = "complaint", _("Complaint")
    REPORT = "report", pgettext_lazy("kind", "Report")
    TIP = "tip", _("Tip")


class Channel(models.TextChoices):
    """Through which channel a matter reached the office."""

    WEB = "web", _("Online")
    HOTLINE = "hotline", _("Hotline")
    LETTER = "letter", _("Letter")
    VISIT = "visit", pgettext_lazy("channel", "Visit")
    RECEPTION = "reception", _("Joint reception")
    ENTERPRISE_VISIT = "enterprise_visit", _("Enterprise visit")
    SYMPOSIUM = "symposium", _("Symposium")
    OPEN_INSPECTION = "open_inspection", _("Open inspection")
    COVERT_VISIT = "covert_visit", _("Covert visit")
    SUPERVISOR = "supervisor", _("Supervisor")
    HELPER_UNIT = "helper_unit", _("Helper unit")
    SUPERIOR = "superior", _("Transferred from above")
    MEDIA = "media", _("Media")


class Satisfaction(models.TextChoices):
    """How the complainant rates the outcome."""

    SATISFIED = "satisfied", _("Satisfied")
    FAIRLY_SATISFIED = "fairly_satisfied", _("Fairly satisfied")
    DISSATISFIED = "dissatisfied", _("Dissatisfied")


class Disclosure(models.TextChoices):
    """What a complainant may consent to disclose to an agency; never in a report or a tip."""

    WORDS = "words", _("My own words")
    NAME = "name", _("My name")
    PHONE = "phone", _("My phone number")
