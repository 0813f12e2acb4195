"""Asking for a code to a number, and taking it: what the pages that need a confirmed number share."""

from django.http import HttpRequest

from complaints import actions, drafts, passes, phones
from complaints.forms.proving import CodeForm, NumberForm
from core import clock, masking


def asked(request: HttpRequest, form: NumberForm, kind: str, *, what_for: str) -> bool:
    """Have a code sent to the number typed, or say in the form why not now."""
    phone = form.cleaned_data["phone"]
    language = str(getattr(request, "LANGUAGE_CODE", "zh-hans"))
    try:
        proof = actions.ask_code(phone, kind, language=language, source=request.META["REMOTE_ADDR"], at=clock.now())
    except drafts.CodeNotSent as refusal:
        form.add_error("phone", str(refusal))
        return False
    passes.await_code(request.session, proof, what_for=what_for, masked=masking.mask_phone(phones.national(phone)))
    return True


def proved(request: HttpRequest, form: CodeForm, awaited: passes.Awaited) -> str:
    """Return the number (E.164) that the typed code proves, or an empty text and an error in the form."""
    try:
        phone = actions.prove(awaited.proof_id, form.cleaned_data["code"], at=clock.now())
    except drafts.CodeRefused as refusal:
        form.add_error("code", str(refusal))
        return ""
    passes.forget_code(request.session)
    return phone
