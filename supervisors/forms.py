"""Parts that the forms of this room share."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from complaints import phones
from supervisors.payouts.capitals import MOST_FEN, parsed_fen


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


class AmountField(forms.CharField):
    """An amount in yuan as people write it; gives whole fen, 0 for nothing where nothing is allowed."""

    default_error_messages = {
        "required": _("Write an amount."),
        "amount": _("Write an amount in yuan above zero, with at most two places: 1,234.50"),
        "zero": _("Write an amount in yuan with at most two places: 0 or 1,234.50"),
    }

    def __init__(self, *, least_fen: int = 1, **kwargs: Any) -> None:
        """A text box with a keyboard of figures."""
        self.least_fen = least_fen
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "class": "w-short"})
        super().__init__(max_length=30, widget=widget, **kwargs)

    def clean(self, value: Any) -> Any:
        """Return whole fen."""
        typed = super().clean(value)
        if not typed:
            return 0
        amount = parsed_fen(typed)
        if amount is None or not self.least_fen <= amount < MOST_FEN:
            code = "amount" if self.least_fen else "zero"
            raise forms.ValidationError(self.error_messages[code], code=code)
        return amount


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
