"""The form of one step: filled from what was typed, silent where nothing was asked yet, and able to say what was typed."""

from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.utils.datastructures import MultiValueDict

from complaints.answers import MOST_CHARACTERS, MOST_VALUES, Answers, Typed
from complaints.wording import cleaned

_DEFAULT_SUFFIX = ""


class StepForm(forms.Form):
    """One question. `typed` is what stands in the controls; `silent` shows it without judging it."""

    def __init__(
        self, typed: MultiValueDict[str, str] | None, *, answers: Answers, files: Any = None, silent: bool = False
    ) -> None:
        """Bind what was typed; `answers` are those of the other steps."""
        self.answers = answers
        self.silent = silent
        super().__init__(typed if typed is not None else None, files)

    @property
    def errors(self) -> ErrorDict:
        """Return what is wrong, or nothing for a form that only shows."""
        return ErrorDict() if self.silent else super().errors

    def said(self) -> dict[str, Any]:
        """Return the answers in plain Python, empty when they are not complete."""
        return self.cleaned_data if self.is_valid() else {}

    def typed(self) -> Typed:
        """Return what stands in the controls, cut to a sane size, for the draft to keep."""
        data: Any = self.data
        names = [name for field in self for name in self._control_names(field.name)]
        return {name: [text[:MOST_CHARACTERS] for text in data.getlist(name)[:MOST_VALUES]] for name in names if name in data}

    def _control_names(self, name: str) -> list[str]:
        suffixes: list[str] = getattr(self.fields[name].widget, "box_names", [_DEFAULT_SUFFIX])
        return [f"{name}{suffix}" for suffix in suffixes]


def posted(data: MultiValueDict[str, str]) -> MultiValueDict[str, str]:
    """Return what was posted without characters that no keyboard types."""
    return MultiValueDict({name: [cleaned(text) for text in values] for name, values in data.lists()})


def had_controls(data: MultiValueDict[str, str]) -> bool:
    """Tell whether cleaning takes something away that the sender may want to know of."""
    texts = [text for _name, values in data.lists() for text in values]
    return any(len(cleaned(text)) != len(text.replace("\r\n", "\n")) for text in texts)
