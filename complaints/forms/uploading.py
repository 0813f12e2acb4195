"""What a browser announces before it sends a file in pieces."""

from django import forms

from .fields import Words

_NAME = 1000  # cut to a sensible length where the file is looked at
_BYTES = 2**31 - 1


class UploadForm(forms.Form):
    """Name, size and, where the browser can tell, SHA-256 of a file; the number of the complaint, or none for the draft."""

    name = Words(max_length=_NAME, strip=False)
    size = forms.IntegerField(min_value=0, max_value=_BYTES)
    sha256 = forms.CharField(max_length=64, required=False)
    number = forms.CharField(max_length=14, required=False)
