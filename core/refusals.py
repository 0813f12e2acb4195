"""What an action cannot do, and how a form says so."""

from django.forms import BaseForm


class Refused(Exception):
    """Something that the rules of a room forbid; the message is fit to show. `field` is the form field to mend, if any."""

    field: str | None = None


def say_beside_field(form: BaseForm, refusal: Refused) -> None:
    """Put the refusal beside the field to mend, or above the form when the page has no such field."""
    form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
