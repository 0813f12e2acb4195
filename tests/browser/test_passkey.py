"""An officer sets up a passkey and signs in with it, in a browser whose device is made of software."""

import pytest
from playwright.sync_api import Page, expect

from accounts.models import Passkey
from efficiency_portal.demo_office import people

pytestmark = pytest.mark.django_db(transaction=True)
DEVICE = {"protocol": "ctap2", "transport": "internal", "hasUserVerification": True, "isUserVerified": True}


def with_device(page: Page) -> Page:
    """Give the browser an authenticator that says yes to everything."""
    chromium = page.context.new_cdp_session(page)
    chromium.send("WebAuthn.enable")
    chromium.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE | {"automaticPresenceSimulation": True}})
    return page


def test_a_passkey_is_set_up_and_signs_in(county, sign_in, live_server, settings):
    settings.SITE_URL = live_server.url
    page = with_device(sign_in("zhoumin"))
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.goto("/accounts/security/passkey/")
    page.locator("[name=name]").fill("办公电脑")
    page.get_by_role("button", name="在这台设备上设置").click()
    expect(page.locator(".recovery-codes li")).to_have_count(10)
    page.goto("/accounts/security/")
    expect(page.locator(".passkeys")).to_contain_text("办公电脑")
    page.get_by_role("button", name="退出所有设备").click()
    page.goto("/accounts/login/")
    page.locator("[name=username]").fill("zhoumin")
    page.locator("[name=password]").fill(people.PASSWORD)
    page.locator("main form button").first.click()
    page.get_by_role("button", name="使用通行密钥").click()
    page.wait_for_url(lambda url: "/accounts/" not in url)
    assert Passkey.objects.get().used_at is not None
    assert faults == []
