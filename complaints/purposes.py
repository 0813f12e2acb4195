"""Why somebody may look at personal data of a complainant."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Purpose(models.TextChoices):
    """The purposes to choose from; the complainant sees the one chosen."""

    IDENTITY = "identity", _("To confirm who filed")
    FACTS = "facts", _("To ask about the facts")
    OUTCOME = "outcome", _("To explain the outcome")
    FOLLOW_UP = "follow_up", _("To ask whether you are satisfied")
    LETTER = "letter", _("To send a letter")
    REWARD = "reward", _("To pay a reward")
    CONSENT = "consent", _("Disclosed with your consent")


# Why somebody is called, and why somebody may be told who filed.
OF_A_CALL = (Purpose.IDENTITY, Purpose.FACTS, Purpose.OUTCOME, Purpose.FOLLOW_UP)
OF_UNMASKING = (Purpose.IDENTITY, Purpose.FACTS, Purpose.LETTER, Purpose.REWARD)


def purpose_label(code: str) -> str:
    """Return the purpose in words; one that is not in the list stands as it is."""
    return str(Purpose(code).label) if code in Purpose.values else code
