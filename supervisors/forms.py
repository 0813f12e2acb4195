"""Parts that the forms of this room share."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from complaints import phones


def text(rows: int = 3, *, most: int = 500, required: bool = True, **kwargs: Any) -> forms.CharField:
    """A long text."""
    messages = {"required": _("Write something here.")}
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(max_length=most, required=required, widget=widget, error_messages=messages, **kwargs)


def line(most: int = 100, **kwargs: Any) -> forms.CharField:
    """A short text."""
    return forms.CharField(max_length=most, error_messages={"required": _("Write something here.")}, **kwargs)


def day(**kwargs: Any) -> forms.DateField:
    """A day, suggested or typed."""
    messages = {"required": _("Choose a day."), "invalid": _("Write the day like 2026-09-30.")}
    return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), error_messages=messages, **kwargs)


def choice(choices: Any = (), **kwargs: Any) -> forms.ChoiceField:
    """One of a few, as radio buttons."""
    return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, error_messages={"required": _("Choose one.")}, **kwargs)


def number(most: int, least: int = 0, **kwargs: Any) -> forms.IntegerField:
    """A whole number."""
    messages = {"required": _("Write a number."), "invalid": _("Write a whole number.")}
    widget = forms.NumberInput(attrs={"inputmode": "numeric", "class": "w-short"})
    return forms.IntegerField(min_value=least, max_value=most, widget=widget, error_messages=messages, **kwargs)


class AgencyField(forms.ModelChoiceField[Agency]):
    """An agency of those that are offered; only its name is shown."""

    def __init__(self, **kwargs: Any) -> None:
        """Offer those that exist today; a form may offer fewer."""
        kwargs = {"queryset": Agency.objects.open().for_list(), "empty_label": "—"} | kwargs
        super().__init__(error_messages={"required": _("Choose an agency.")}, **kwargs)


class PhoneField(forms.CharField):
    """A mobile number; gives E.164."""

    def __init__(self, **kwargs: Any) -> None:
        """Show the telephone keys."""
        widget = forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"})
        super().__init__(max_length=20, widget=widget, error_messages={"required": _("Write a mobile number.")}, **kwargs)

    def clean(self, value: Any) -> str:
        """Read it as people write it."""
        typed = super().clean(value)
        try:
            return phones.mobile(typed) if typed else ""
        except phones.NotAPhoneNumber as error:
            raise forms.ValidationError(_("This is no mobile number.")) from error


class VersionedForm(forms.Form):
    """A form that knows which version of a row its page showed."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class EmptyForm(forms.Form):
    """Only a button."""
