"""Tags that the shared components are built from: what kind of control a field is, the control itself, where its error leads."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from django import forms, template
from django.core.exceptions import ValidationError
from django.forms import BoundField, Form
from django.forms.renderers import get_default_renderer
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

register = template.Library()

# The first class that fits names the kind, so the special ones stand before those they inherit from.
KINDS: tuple[tuple[tuple[type[forms.Widget], ...], str], ...] = (
    ((forms.HiddenInput, forms.MultipleHiddenInput), "hidden"),
    ((forms.RadioSelect, forms.CheckboxSelectMultiple), "choices"),
    ((forms.CheckboxInput,), "checkbox"),
    ((forms.MultiWidget, forms.SelectDateWidget), "parts"),
    ((forms.Select,), "select"),
    ((forms.Textarea,), "textarea"),
    ((forms.FileInput,), "file"),
)
CLASSES = {"select": "form-select", "checkbox": "form-check-input", "choices": "form-check-input"}
PART_LABELS = {"year": _("Year"), "month": _("Month"), "day": _("Day"), "date": _("Date"), "time": _("Time")}


class Span(Protocol):
    """So many days of one kind."""

    @property
    def length(self) -> int: ...
    @property
    def unit(self) -> str: ...


@dataclass(frozen=True)
class Part:
    """One box of a control made of several, such as the year of a date."""

    label: object
    name: str
    id: str
    control: SafeString


@register.filter
def kind(field: BoundField) -> str:
    """What the field's control is: hidden, choices, checkbox, parts, select, textarea, file or input."""
    if field.is_hidden:
        return "hidden"
    return next((name for classes, name in KINDS if isinstance(field.field.widget, classes)), "input")


@register.simple_tag
def control(field: BoundField) -> SafeString:
    """The field's control with its class. What was typed stays whole: the limit is told, the browser does not cut."""
    attrs: dict[str, Any] = {"class": _with_class(field.field.widget.attrs, CLASSES.get(kind(field), "form-control"))}
    if kind(field) == "textarea":
        attrs |= {"maxlength": False, "rows": field.field.widget.attrs.get("rows", 6)}
        if most := most_characters(field):
            described = field.field.widget.attrs.get("aria-describedby") or field.aria_describedby or ""
            attrs |= {"data-count": most, "aria-describedby": f"{described} {field.auto_id}_count".strip()}
    return field.as_widget(attrs=attrs)


@register.simple_tag
def option(choice: Any) -> SafeString:
    """One radio button or tick box of a list, without its label."""
    choice.data["attrs"]["class"] = "form-check-input"
    return SafeString(choice.tag())


@register.filter
def parts(field: BoundField) -> list[Part]:
    """The boxes of a control made of several, each with its own label."""
    context = field.field.widget.get_context(field.html_name, field.value(), field.build_widget_attrs({"id": field.auto_id}))
    return [_part(field, widget) for widget in context["widget"]["subwidgets"]]


@register.filter
def most_characters(field: BoundField) -> int | None:
    """How many characters a text may have, if that is limited."""
    most = getattr(field.field, "max_length", None)
    return int(most) if most else None


@register.filter
def first_id(field: BoundField) -> str:
    """The id that a link in the error summary leads to: the control, or the first one of a list; "" for what nobody sees."""
    if field.is_hidden:
        return ""
    if kind(field) == "parts":
        return next((part.id for part in parts(field)), str(field.auto_id))
    if kind(field) == "choices":
        return next((str(choice.id_for_label) for choice in field.subwidgets), str(field.auto_id))
    return field.id_for_label


@register.filter
def errors_in_order(form: Form) -> list[tuple[str, str]]:
    """Every complaint about the form in the order of its fields: where to mend it ("" for the whole form) and what to do."""
    whole = [("", str(message)) for message in form.non_field_errors()]
    return whole + [(first_id(field), _named(field, error)) for field in form for error in field.errors.as_data()]


@register.filter
def beside(headings: Iterable[object], row: Iterable[object]) -> Iterator[tuple[object, object]]:
    """Each cell of a row with its column's heading."""
    return zip(headings, row, strict=False)


@register.filter
def span(policy: Span | None) -> str:
    """A limit in words: "3 working days", "30 days". Takes anything with a length and a unit, such as a deadline policy."""
    if policy is None:
        return ""
    if policy.unit == "working_days":
        return ngettext("%(n)d working day", "%(n)d working days", policy.length) % {"n": policy.length}
    return ngettext("%(n)d day", "%(n)d days", policy.length) % {"n": policy.length}


def _named(field: BoundField, error: ValidationError) -> str:
    """The message; after the question's name when the message is a stock one that would fit any question."""
    message = " ".join(error.messages)
    stock: dict[str, Any] = {}
    for parent in reversed(type(field.field).__mro__):
        stock |= getattr(parent, "default_error_messages", {})
    own = error.code is None or field.field.error_messages.get(error.code) != stock.get(error.code)
    return message if own else gettext("%(question)s: %(message)s") % {"question": field.label, "message": message}


def _with_class(attrs: dict[str, Any], name: str) -> str:
    return f"{name} {attrs.get('class', '')}".strip()


def _part(field: BoundField, widget: dict[str, Any]) -> Part:
    suffix = str(widget["name"]).rpartition("_")[2]
    base = "form-select" if widget["template_name"].endswith("select.html") else "form-control"
    widget["attrs"]["class"] = _with_class(widget["attrs"], f"{base} part-{suffix}")
    if described := field.aria_describedby:
        widget["attrs"]["aria-describedby"] = described
    if suffix in ("year", "month", "day"):
        widget["attrs"].setdefault("inputmode", "numeric")
    rendered = get_default_renderer().render(widget["template_name"], {"widget": widget})
    label = PART_LABELS.get(suffix, field.label)
    return Part(label=label, name=widget["name"], id=str(widget["attrs"].get("id", "")), control=SafeString(rendered))
