"""The one-page forms in which staff write a matter down for somebody else; the agency is typed and found on the server."""

import uuid
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from complaints import phones, privacy, typed_days
from complaints.agency_search import containing, matching, named
from complaints.categories import CATEGORIES, NOT_SURE
from complaints.filing import Filing
from complaints.labels import Worded, agency_hint, agency_name
from complaints.models import Disclosure
from complaints.wording import one_line
from core import clock

from .contact import CreditCode, SignerCount
from .fields import FILES_HINT, FilesField, Words

NONE_OF_THESE = "none"
_SHORTEST_NARRATIVE = 5
_LONGEST_NARRATIVE = 5000
SHORTEST_NAME = 2
_MOST_DAYS_BACK = 731
_DISCLOSED = [
    (Disclosure.WORDS.value, pgettext_lazy("entry", "The words of the account")),
    (Disclosure.NAME.value, pgettext_lazy("entry", "The name")),
    (Disclosure.PHONE.value, pgettext_lazy("entry", "The telephone number")),
]
OFF = {"autocomplete": "off"}
WHOM = ("name", "phone", "organisation", "email", "address", "uscc")
MORE = ("address", "uscc", "signers")  # what is rarely said at once; it does not stand in the way of a call
MATTER = (
    "agency",
    "agency_choice",
    "agency_asked",
    "respondent",
    "narrative",
    "wish",
    "disclose",
    "category",
    "behaviours",
    "scans",
)


class PastDay(Words):
    """A day that is not still to come, typed into one box."""

    def __init__(self, **words: Any) -> None:
        """Prefill nothing; the form knows what today is."""
        super().__init__(max_length=20, widget=forms.TextInput(attrs={**OFF, "inputmode": "numeric"}), **words)

    def clean(self, value: Any) -> Any:
        """Return the day, None when it was left empty and may be."""
        typed, today = str(super().clean(value)), clock.today()
        if not typed:
            return None
        try:
            day = typed_days.day(typed, today=today)
        except typed_days.NotTyped as error:
            raise forms.ValidationError(gettext("Write the day like 2026-11-20 or 11-20")) from error
        if day > today:
            raise forms.ValidationError(gettext("This day is still to come. Enter a day that has passed"))
        if (today - day).days > _MOST_DAYS_BACK:
            raise forms.ValidationError(gettext("This day is more than two years ago. Check the year"))
        return day


class MatterForm(forms.Form):
    """The matter itself and who complains; what the two kinds of entry share."""

    key = forms.UUIDField(widget=forms.HiddenInput, error_messages={"invalid": _("The page was out of date. Save once more")})
    name = Words(label=_("Name"), max_length=40, required=False, widget=forms.TextInput(attrs=OFF))
    phone = Words(
        label=pgettext_lazy("entry", "Telephone"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={**OFF, "inputmode": "tel"}),
    )
    organisation = Words(label=_("Company or organisation"), max_length=100, required=False, widget=forms.TextInput(attrs=OFF))
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=120,
        required=False,
        widget=forms.EmailInput(attrs=OFF),
        error_messages={"invalid": _("Enter an e-mail address like name@example.com")},
    )
    address = Words(label=_("Postal address"), max_length=120, required=False, widget=forms.TextInput(attrs=OFF))
    uscc = CreditCode(
        label=_("Unified social credit code"),
        help_text=_("18 characters, on the business licence"),
        widget=forms.TextInput(attrs=OFF),
    )
    signers = SignerCount(label=_("Number of people who complain together"))
    agency = Words(
        label=_("Agency complained about"),
        help_text=_("Name, short name, or a part of it. If it is not known: the place and what for"),
        max_length=200,
        widget=forms.TextInput(attrs={**OFF, "list": "agency-names"}),
        error_messages={"required": _("Type the agency or, if it is not known, where it was and what for")},
    )
    agency_choice = forms.CharField(label=_("Which one is meant?"), max_length=20, required=False, widget=forms.RadioSelect)
    agency_asked = forms.CharField(max_length=200, required=False, widget=forms.HiddenInput)
    respondent = Words(label=_("Section, window or person"), max_length=200, required=False, widget=forms.TextInput(attrs=OFF))
    narrative = Words(
        label=pgettext_lazy("entry", "What happened"),
        min_length=_SHORTEST_NARRATIVE,
        max_length=_LONGEST_NARRATIVE,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={
            "required": _("Write down what happened"),
            "min_length": _("Write down what happened"),
            "max_length": _("This is longer than 5,000 characters. Shorten it; the original goes along as a scan"),
        },
    )
    wish = Words(
        label=pgettext_lazy("entry", "What would put it right"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": _("This is longer than 500 characters. Shorten it")},
    )
    disclose = forms.MultipleChoiceField(
        label=_("The agency may learn"),
        help_text=_("Only what the complainant agrees to; nothing unless ticked"),
        choices=_DISCLOSED,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    category = forms.TypedChoiceField(label=_("Kind of problem"), coerce=int, required=False, widget=forms.Select)
    behaviours = forms.MultipleChoiceField(label=_("What exactly"), required=False, widget=forms.CheckboxSelectMultiple)
    told = forms.BooleanField(
        label=_("The complainant was told how personal information is used, and agrees"),
        help_text=_(
            "Read it out: “We keep your name and number sealed, use them for this matter only, and delete them when their time "
            "is over. You can see and correct them.”"
        ),
        required=False,
    )
    scans = FilesField(label=_("Scan or photo of the original"), help_text=FILES_HINT)

    def __init__(self, data: MultiValueDict[str, str] | None = None, files: Any = None, *, initial: Any = None) -> None:
        """Give the page a key of its own, by which it is saved once; load the agencies once."""
        super().__init__(data, files, initial={"key": uuid.uuid4(), "category": NOT_SURE} | (initial or {}))
        self.agencies = list(Agency.objects.open().for_list())
        self._offer(
            "category", [(NOT_SURE, gettext("The office sorts it")), *((one.code, str(one.official)) for one in CATEGORIES)]
        )
        self._offer("behaviours", [(each.code, str(each.label)) for one in CATEGORIES for each in one.behaviours])
        self.asks_agency = False

    def _offer(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 for the type checker
        field.choices = choices

    @property
    def agency_names(self) -> list[str]:
        """What the browser suggests while the agency is typed."""
        return [agency_name(one) for one in self.agencies]

    @property
    def behaviour_groups(self) -> list[tuple[str, list[Any]]]:
        """The tick boxes of the behaviours under their categories."""
        boxes = list(self["behaviours"].subwidgets)
        return [
            (str(one.official), [box for box in boxes if str(box.data["value"]).startswith(str(one.code))]) for one in CATEGORIES
        ]

    @property
    def has_more(self) -> bool:
        """Whether anything stands in the boxes that are folded away."""
        return any(self[name].value() or self[name].errors for name in MORE)

    @property
    def page_key(self) -> uuid.UUID | None:
        """The key of the page, if it is one."""
        try:
            return uuid.UUID(str(self["key"].value()))
        except ValueError:
            return None

    def renew(self) -> None:
        """Give what stands in the page a new key, so that saving it again files another matter."""
        self._put("key", str(uuid.uuid4()))

    def clean_name(self) -> str:
        """Keep the name on one line."""
        name = one_line(str(self.cleaned_data["name"]))
        if name and len(name) < SHORTEST_NAME:
            raise forms.ValidationError(gettext("Enter the full name"))
        return name

    def clean_address(self) -> str:
        """Keep the address on one line."""
        return one_line(str(self.cleaned_data["address"]))

    def clean_phone(self) -> str:
        """Return the number as E.164."""
        typed = str(self.cleaned_data["phone"])
        try:
            return phones.any_number(typed) if typed else ""
        except phones.NotAPhoneNumber as error:
            raise forms.ValidationError(gettext("This is no phone number. Check the digits")) from error

    def clean(self) -> dict[str, Any]:
        """Find the agency; keep the behaviours of the chosen category, or take the category from them."""
        said = self.cleaned_data
        if "key" in self.errors:
            self.renew()
        said["agency_row"], said["agency_words"] = self._found(str(said.get("agency", "")))
        self._sort(said)
        said["signers"] = said.get("signers") or 1
        if said.get("uscc") and not said.get("organisation") and "organisation" not in self.errors:
            self.add_error("organisation", gettext("A social credit code belongs to a company. Enter its name"))
        if said.get("disclose") and not said["agency_row"] and not self.asks_agency and "agency" not in self.errors:
            self.add_error("disclose", gettext("Without a known agency there is nobody to tell. Take the ticks away"))
        return said

    def _sort(self, said: dict[str, Any]) -> None:
        of = {code[0] for code in said.get("behaviours", [])}
        said["category"] = said.get("category") or NOT_SURE
        if said["category"] == NOT_SURE and len(of) == 1:
            said["category"] = int(of.pop())
        said["behaviours"] = tuple(code for code in said.get("behaviours", []) if code[0] == str(said["category"]))

    def _found(self, words: str) -> tuple[Agency | None, str]:
        """Return the agency meant, or the words when none is; asks when it is not clear."""
        if not words:
            return None, ""
        if exact := named(words, self.agencies):
            return exact, ""
        if len(holding := containing(words)) == 1:
            return holding[0], ""
        return self._chosen(words, holding or matching(words))

    def _chosen(self, words: str, candidates: list[Agency]) -> tuple[Agency | None, str]:
        chosen = str(self.data.get("agency_choice", "")) if self.data.get("agency_asked") == words else ""
        agency = next((one for one in candidates if str(one.pk) == chosen), None)
        self._ask(words, candidates, chosen)
        if agency or chosen == NONE_OF_THESE:
            return agency, "" if agency else words
        self.add_error("agency_choice", gettext("“%(words)s” is not clear. Choose which one is meant") % {"words": words})
        return None, ""

    def _ask(self, words: str, candidates: list[Agency], chosen: str) -> None:
        """Offer what may be meant; when nothing may, keeping the words is chosen already and saving again is enough."""
        none = Worded(gettext("None of these"), hint=gettext("“%(words)s” stays as it is; we find out") % {"words": words})
        widget = self.fields["agency_choice"].widget
        widget.choices = [(str(one.pk), Worded(agency_name(one), hint=agency_hint(one))) for one in candidates]
        widget.choices += [(NONE_OF_THESE, none)]
        self.asks_agency = True
        self._put("agency_asked", words)
        self._put("agency_choice", chosen or ("" if candidates else NONE_OF_THESE))

    def _put(self, name: str, value: str) -> None:
        """Change what stands in a control of the page."""
        stands: Any = self.data
        self.data = MultiValueDict({**dict(stands.lists()), name: [value]})

    def _filing(self, **more: Any) -> Filing:
        said = self.cleaned_data
        filer = more["filer"]
        return Filing(
            agency=said["agency_row"],
            notify_sms=bool(filer and phones.is_mobile(filer.phone)),
            notify_email=bool(filer and filer.email),
            disclose=tuple(said["disclose"]),
            privacy_version=privacy.VERSION if said["told"] else "",
            **{
                name: said[name]
                for name in ("narrative", "agency_words", "respondent", "category", "behaviours", "wish", "signers")
            },
            **more,
        )
