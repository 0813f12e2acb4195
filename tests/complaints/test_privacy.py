"""The privacy notice: it has a version, filing asks for agreement to it, and the version is kept with the matter."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from complaints import privacy
from complaints.models import Complaint
from tests.factories import officer

from .citizen import AGREED, Citizen
from .helping import typed
from .samples import agency

pytestmark = pytest.mark.django_db


@pytest.fixture
def citizen() -> Citizen:
    """Has answered everything but the last page."""
    citizen = Citizen()
    citizen.tells_the_matter()
    citizen.stays_anonymous()
    return citizen


def test_the_page_shows_version_and_date_and_years():
    page = Client().get(reverse("information_page", args=["privacy"])).content.decode()
    assert [word for word in (f"第 {privacy.VERSION} 版", "2026 年 11 月 25 日", "5 年") if word not in page] == []


def test_filing_keeps_the_version_agreed_to(citizen):
    citizen.submits()
    assert Complaint.objects.get().privacy_version == privacy.VERSION


def test_without_agreement_nothing_is_filed(citizen):
    page = citizen.answers("check", truthful="on").content.decode()
    assert 'href="#id_privacy"' in page
    assert not Complaint.objects.exists()


def test_a_page_made_under_an_older_version_asks_again(citizen, monkeypatch):
    old_page = citizen.hidden("check")
    monkeypatch.setattr(privacy, "VERSION", "2.0")
    assert "隐私告知刚刚有更新" in citizen.answers("check", hidden=old_page, **AGREED).content.decode()
    assert not Complaint.objects.exists()
    citizen.submits()
    assert Complaint.objects.get().privacy_version == "2.0"


def test_the_check_page_links_to_the_notice(citizen):
    assert f'href="{reverse("information_page", args=["privacy"])}"' in citizen.sees("/complaints/new/check/")


@pytest.mark.parametrize(("told", "version"), [({"told": "on"}, privacy.VERSION), ({}, "")])
def test_an_officer_notes_whether_the_caller_was_told(told: dict[str, Any], version: str):
    staff = Client()
    staff.force_login(officer())
    staff.post(reverse("cases:enter"), typed(agency(), **told))
    assert Complaint.objects.get().privacy_version == version
