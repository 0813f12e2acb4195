"""The forms by which a post or somebody's work is handed over."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.roles import OFFICE
from agencies.models import Post

from .rules import successors

_OTHER = "other"


class HandOverPostForm(forms.Form):
    """Who takes the post: somebody of the agency, or a new account by its sign-in name."""

    to = forms.ChoiceField(
        label=gettext_lazy("Who takes the post?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose who takes the post.")},
    )
    username = forms.CharField(
        label=gettext_lazy("Sign-in name of the new account"),
        help_text=gettext_lazy("Only for “Somebody else”. The system administrator makes the account and tells its name."),
        max_length=60,
        required=False,
    )

    def __init__(self, *args: Any, post: Post, by: User, **kwargs: Any) -> None:
        """Offer the people of the agency; people of the office are also offered those who have no post yet."""
        super().__init__(*args, **kwargs)
        self._people = {str(one.pk): one for one in successors(post, new_too=by.has_role(*OFFICE))}
        field = self.fields["to"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 for the type checker
        named = [(pk, f"{one.full_name} {one.department}".strip()) for pk, one in self._people.items()]
        field.choices = [*named, (_OTHER, _("Somebody else"))]
        field.initial = None if named else _OTHER

    def clean(self) -> dict[str, Any]:
        """Find the account; whether it can take the post, the action says."""
        cleaned = super().clean() or {}
        name = (cleaned.get("username") or "").strip()
        if cleaned.get("to") == _OTHER and not name:
            self.add_error("username", _("Enter the sign-in name."))
        found = User.objects.filter(username=name).first() if cleaned.get("to") == _OTHER else None
        return cleaned | {"successor": self._people.get(cleaned.get("to", ""), found)}

    @property
    def successor(self) -> User | None:
        """Who was chosen or named; None when there is no such account."""
        return self.cleaned_data["successor"]  # type: ignore[no-any-return]


class HandOverCasesForm(forms.Form):
    """Who takes the cases."""

    to = forms.ChoiceField(
        label=gettext_lazy("Who takes the cases?"),
        error_messages={"required": gettext_lazy("Choose who takes the cases.")},
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        """Offer the people of the office."""
        super().__init__(*args, **kwargs)
        people = User.objects.filter(is_active=True, roles__overlap=list(OFFICE)).exclude(pk=person.pk).order_by("pk")
        self._people = {str(one.pk): one for one in people}
        field = self.fields["to"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 for the type checker
        named = [(pk, f"{one.full_name} {one.department}".strip()) for pk, one in self._people.items()]
        field.choices = [("", _("Choose …")), *named]

    @property
    def successor(self) -> User:
        """Who was chosen."""
        return self._people[self.cleaned_data["to"]]
