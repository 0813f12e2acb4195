"""A citizen at the browser, without JavaScript: reads the page, fills the form, presses a button."""

import io
import re
from itertools import count
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from PIL import Image

from complaints.models import Draft
from complaints.wizard import Walk

from .samples import NAME

_numbers = count(1)
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')
AGREED: dict[str, Any] = {"truthful": "on", "privacy": "on"}  # the two boxes of the check page
NARRATIVE = f"九月一日我去窗口办变更，窗口说材料不齐，第二次又说领导不在。我叫{NAME}，电话 13800002071。到今天已经五个星期。"


def picture(name: str = "回执.png") -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (16, 16), "white").save(out, "PNG")
    return SimpleUploadedFile(name, out.getvalue(), content_type="image/png")


class Citizen:
    """Goes through the questions by their pages."""

    def __init__(self, language: str = "zh-hans") -> None:
        # Each lives at an address of its own: without a solved sum only two drafts an hour begin at one.
        number = next(_numbers)
        self.client = Client(enforce_csrf_checks=False, REMOTE_ADDR=f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}")
        self.language = language
        self.client.cookies["django_language"] = language

    def sees(self, address: str) -> str:
        response = self.client.get(address, follow=True)
        assert response.status_code == 200, f"{address}: {response.status_code}"
        return response.content.decode()

    def answers(self, slug: str, *, hidden: dict[str, str] | None = None, **fields: Any) -> HttpResponse:
        """Fill the step's form and send it; `hidden` are the hidden fields of an older look at the page."""
        address = f"/complaints/new/{slug}/"
        page: dict[str, Any] = dict(HIDDEN.findall(self.sees(address)) if hidden is None else hidden)
        return self.client.post(address, {**page, **fields})  # type: ignore[return-value]

    def hidden(self, slug: str) -> dict[str, str]:
        return dict(HIDDEN.findall(self.sees(f"/complaints/new/{slug}/")))

    def tells_the_matter(self, agency_pk: int | str = "none", *, kind: str = "complaint", **events: Any) -> None:
        about = {"agency": str(agency_pk), "agency_words": "政务中心二楼，办许可", "respondent": "7 号窗口"}
        assert self.answers("about", hidden=None, **about).headers["Location"].endswith("/kind/")
        assert self.answers("kind", kind=kind).headers["Location"].endswith("/problem/")
        assert self.answers("problem", category="4", behaviours=["4a", "4c", "3a"]).headers["Location"].endswith("/events/")
        assert self.answers("events", **self.events(**events)).headers["Location"].endswith("/evidence/")
        assert self.answers("evidence").headers["Location"].endswith("/identity/")

    @staticmethod
    def events(**changes: Any) -> dict[str, Any]:
        day = {"happened_on_year": "2026", "happened_on_month": "９", "happened_on_day": "1"}
        return {**day, "place": "二楼", "narrative": NARRATIVE, "ongoing": "yes", "wish": "说明理由", **changes}

    @staticmethod
    def contact(**changes: Any) -> dict[str, Any]:
        return {"kind": "person", "name": NAME, "confirm": "code", "phone": "138 0000 2071", "notify": ["sms"], **changes}

    def stays_anonymous(self) -> None:
        assert self.answers("identity", identity="anonymous").headers["Location"].endswith("/check/")

    def gives_a_name(self, **contact: Any) -> None:
        assert self.answers("identity", identity="real_name").headers["Location"].endswith("/contact/")
        assert self.answers("contact", **self.contact(**contact)).headers["Location"].endswith("/phone/")

    def waits_to_be_asked(self, **contact: Any) -> str:
        """Give a name without a mobile phone; returns where the next page is."""
        assert self.answers("identity", identity="real_name").headers["Location"].endswith("/contact/")
        without = {"confirm": "call_back", "phone": "", "landline": "010-1234 5678"}
        return str(self.answers("contact", **self.contact(**without | contact)).headers["Location"])

    def draft(self) -> Draft:
        return Draft.objects.get(pk=self.client.session["draft"]["id"])

    def walk(self) -> Walk:
        return Walk(self.draft())

    def submits(self) -> HttpResponse:
        return self.answers("check", **AGREED)
