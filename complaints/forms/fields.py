"""Fields that take what citizens really type: clean text, a day in three boxes, several files."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from complaints.wording import cleaned, one_line
from core.files import ACCEPT


class Words(forms.CharField):
    """Text with one kind of line end and no control characters."""

    def to_python(self, value: Any) -> str:
        """Clean before stripping and counting, so that the page and the server count alike."""
        return str(super().to_python(cleaned(str(value)) if value not in self.empty_values else value))


class EmailAddress(forms.EmailField):
    """Where e-mails may go; nobody has to give one."""

    def __init__(self) -> None:
        """Name it, and say what one looks like."""
        super().__init__(
            label=_("E-mail"),
            max_length=120,
            required=False,
            widget=forms.EmailInput(attrs={"autocomplete": "email"}),
            error_messages={"invalid": _("Enter an e-mail address like name@example.com")},
        )


class PostalAddress(Words):
    """Where letters may go, on one line; nobody has to give it."""

    def __init__(self, **words: Any) -> None:
        """Take label and hint."""
        box = forms.TextInput(attrs={"autocomplete": "street-address"})
        super().__init__(max_length=120, required=False, widget=box, **words)

    def to_python(self, value: Any) -> str:
        """Keep it on one line."""
        return one_line(super().to_python(value))


class DayWidget(forms.MultiWidget):
    """Three boxes in the order of the reader's language."""

    def __init__(self) -> None:
        """Name the boxes year, month and day."""
        order = ("day", "month", "year") if get_language() == "en" else ("year", "month", "day")
        boxes: dict[str, Any] = {
            name: forms.TextInput(attrs={"maxlength": 4 if name == "year" else 2, "autocomplete": "off"}) for name in order
        }
        self.box_names = [f"_{name}" for name in order]
        super().__init__(boxes)

    def decompress(self, value: Any) -> list[Any]:
        """Split a date into the boxes."""
        return [getattr(value, name[1:]) for name in self.box_names] if value else [None] * len(self.widgets)


class DayField(forms.Field):
    """A day in the past or today, in three boxes."""

    def __init__(self, *, today: date, earliest: date, **words: Any) -> None:
        """Take the last and the first day that make sense."""
        boxes = DayWidget()
        super().__init__(widget=boxes, **words)
        self.box_names = boxes.box_names
        self.today = today
        self.earliest = earliest

    def clean(self, value: Any) -> date | None:
        """Return the day. Each way of getting it wrong has its own words."""
        boxes = dict(zip((name[1:] for name in self.box_names), value or [], strict=False))
        typed = {name: str(text or "").strip() for name, text in boxes.items()}
        if not all(typed.values()):
            raise ValidationError(_("Enter the day on which it happened: year, month and day"))
        if not all(text.isdecimal() for text in typed.values()):
            raise ValidationError(_("Write the day in figures, for example 2026, 9 and 14"))
        try:
            day = date(**{name: int(text) for name, text in typed.items()})
        except (ValueError, OverflowError) as error:
            raise ValidationError(_("There is no such day. Check the month and the day")) from error
        return self._within_reason(day)

    def _within_reason(self, day: date) -> date:
        if day > self.today:
            raise ValidationError(_("This day is still to come. Enter a day that has passed"))
        if day < self.earliest:
            raise ValidationError(_("This day is too long ago. Check the year"))
        return day


FILES_HINT = _(
    "Photos (JPG, PNG, WebP, HEIC), documents (PDF, Word .docx, Excel .xlsx), sound (MP3, M4A, WAV) or film (MP4, MOV): "
    "up to 10 files of 20 MB each. Several at once are possible."
)


class FilesInput(forms.FileInput):
    """A control that takes several files at once."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Sequence[UploadedFile[Any]]:
        """Return all files, however many."""
        return files.getlist(name) if isinstance(files, MultiValueDict) else []


class FilesField(forms.Field):
    """Any number of uploads, none included; each is checked when it is stored."""

    def __init__(self, **words: Any) -> None:
        """Offer only the kinds of file that can be taken."""
        super().__init__(widget=FilesInput(attrs={"accept": ACCEPT, "multiple": True}), required=False, **words)

    def clean(self, value: Any) -> list[UploadedFile[Any]]:
        """Return the uploads as a list."""
        return list(value or [])
