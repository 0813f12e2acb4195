"""The forms in which a complainant corrects or deletes own data."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from complaints import own_data, phones
from complaints.models import Complainant, Complaint
from complaints.own_data import Contact
from complaints.wording import one_line

from .fields import EmailAddress, PostalAddress, Words

_SHORTEST_NAME = 2


class ContactForm(forms.Form):
    """How the complainant is reached and told."""

    email = EmailAddress()
    address = PostalAddress(label=_("Address"), help_text=_("For answers by letter"))
    notify = forms.MultipleChoiceField(
        label=_("How shall we tell you?"),
        help_text=_("Messages never say what it is about. Without a tick you look it up yourself"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    language = forms.ChoiceField(
        label=_("In which language do we write to you?"), choices=settings.LANGUAGES, widget=forms.RadioSelect
    )

    def __init__(self, data: Any, *, complaint: Complaint, person: Complainant) -> None:
        """Show what is held; text messages are offered to mobile numbers only."""
        wanted = [name for name in ("sms", "email") if getattr(complaint, f"notify_{name}")]
        held = {column: own_data.opened(person, column) for column in ("email", "address")}
        super().__init__(data, initial={**held, "notify": wanted, "language": person.language})
        ways = [("sms", gettext("By text message")), ("email", gettext("By e-mail"))]
        notify: Any = self.fields["notify"]
        notify.choices = ways if phones.is_mobile(own_data.opened(person, "phone")) else ways[1:]

    def clean(self) -> dict[str, Any]:
        """E-mails need an address."""
        said = self.cleaned_data
        if "email" in said.get("notify", []) and not said.get("email") and "email" not in self.errors:
            self.add_error("email", gettext("Enter an e-mail address, or take the tick at “by e-mail” away"))
        return said

    def contact(self) -> Contact:
        """Return what is to be kept."""
        said = self.cleaned_data
        told = {"notify_sms": "sms" in said["notify"], "notify_email": "email" in said["notify"]}
        return Contact(email=said["email"], address=said["address"], language=said["language"], **told)


class NameForm(forms.Form):
    """The right name."""

    name = Words(
        label=_("Your name"),
        help_text=_("As in your identity document"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Enter your name")},
    )

    def clean_name(self) -> str:
        """Keep the name on one line; characters that cannot be seen are no name."""
        name = one_line(str(self.cleaned_data["name"]))
        if len(name) < _SHORTEST_NAME:
            raise forms.ValidationError(gettext("Enter your full name"))
        return name


class DeleteForm(forms.Form):
    """What is to be deleted."""

    columns = forms.MultipleChoiceField(
        label=_("What shall we delete now?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick what shall be deleted")},
    )

    def __init__(self, data: Any, *, optional: list[tuple[str, str]]) -> None:
        """Offer what is held and may stay out."""
        super().__init__(data)
        columns: Any = self.fields["columns"]
        columns.choices = optional
