"""The form by which an agency reports the outcome, with the stamped scan of its report."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.forms import ReportForm
from cases.models import HeldScan
from core import files

from . import scans


class ScanField(forms.FileField):
    """A PDF or a photo of the stamped report, checked and cleaned when it is sent."""

    widget = forms.FileInput(attrs={"accept": scans.ENDINGS})

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Return what was examined; None when nothing was chosen."""
        upload = super().clean(data, initial)
        if not upload:
            return None
        try:
            checked = files.examine(upload)
        except files.FileRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        if checked.media_type not in scans.KINDS:
            raise forms.ValidationError(_("Send the scan as a PDF, JPG or PNG file."))
        return checked


class AgencyReportForm(ReportForm):
    """What the investigation found, and the report as it was signed and stamped."""

    scan = ScanField(
        label=gettext_lazy("Scan of the stamped report"),
        help_text=gettext_lazy("PDF, JPG or PNG, at most 20 MB. Sign and stamp the report, then scan or photograph all of it."),
        required=False,
        allow_empty_file=True,
    )

    def __init__(self, *args: Any, held: HeldScan | None, **kwargs: Any) -> None:
        """`held` is the scan that came with an earlier try."""
        super().__init__(*args, **kwargs)
        self.held = held
        self.is_scan_required = scans.is_required(self.case)

    @property
    def kept(self) -> scans.Scan | None:
        """The scan that waits for the report to be whole, as the page shows it."""
        return scans.shown(self.held.file) if self.held else None

    def ask_for_scan(self) -> None:
        """Say that the scan is missing, beside its field."""
        if self.is_scan_required and self.held is None and "scan" not in self.errors:
            self.add_error("scan", _("Choose the scan of the stamped report."))

    def arguments(self) -> dict[str, Any]:
        """Return what was filled in; the scan is the one that was kept."""
        return super().arguments() | {"scan": str(self.held.file_id) if self.held else ""}
