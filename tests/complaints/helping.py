"""Helper units, their clerks, and what they and officers type."""

import io
import uuid
from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from accounts.models import User
from accounts.roles import Role
from agencies.models import Agency
from tests.factories import AgencyFactory, PostFactory, UserFactory

NARRATIVE = "示例人甲说，窗口三次退回材料，没有书面告知，电话 13800002071。"
PHONE = "138 0000 2071"


def unit(**fields: Any) -> Agency:
    return AgencyFactory.create(kind=Agency.Kind.HELPER, **fields)


def clerk(of: Agency | None = None) -> User:
    user = UserFactory.create(roles=[Role.HELPER_CLERK])
    PostFactory.create(agency=of or unit(), user=user, since=date(2026, 1, 1))
    return user


def scan(name: str = "来信.png", colour: str = "white") -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (16, 16), colour).save(out, "PNG")
    return SimpleUploadedFile(name, out.getvalue(), content_type="image/png")


def typed(about: Agency | str, **changes: Any) -> dict[str, Any]:
    """What an officer types for a call."""
    words = about if isinstance(about, str) else about.short_name
    call = {"key": str(uuid.uuid4()), "channel": "hotline", "received_on": "", "name": "示例人甲", "phone": PHONE}
    today = {"received_on": changes.pop("received_on", "2026-09-14")}
    return {
        **call,
        **today,
        "verification": "none",
        "kind": "complaint",
        "agency": words,
        "narrative": NARRATIVE,
        "wish": "给个说法",
        **changes,
    }


def filed(about: Agency | str, **changes: Any) -> dict[str, Any]:
    """What a clerk types for an enterprise."""
    words = about if isinstance(about, str) else about.short_name
    consent = {"given_by": "示例人甲经理", "means": "phone", "given_on": "2026-09-11"}
    company = {"organisation": "示例企业", "name": "示例人甲", "phone": PHONE}
    return {"key": str(uuid.uuid4()), **consent, **company, "agency": words, "narrative": NARRATIVE, **changes}
