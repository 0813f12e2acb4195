"""A real browser on a real server: Debian's Chromium, driven by Playwright, against Django's live server."""

import os
from collections.abc import Callable, Iterator

import pytest
from celery import current_app
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from core import clock
from efficiency_portal.demo_office import loading, people

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
# Chromium must not look for its makers' hosts; as root it has no sandbox.
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}

# Playwright keeps an event loop in this thread; Django would refuse the test's own queries because of it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the whole run."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def _post_room(settings: Settings) -> Iterator[None]:
    """Deliver at once, into the demo's post room."""
    settings.EMAIL_BACKEND = "core.demo.DemoEmailBackend"
    current_app.conf.task_always_eager = True
    yield
    current_app.conf.task_always_eager = False


expect.set_options(timeout=15_000)  # a page may hold what is sent for some seconds, until its sum is solved
Visitor = Callable[..., Page]


@pytest.fixture
def visitor(browser: Browser, live_server: LiveServer, _post_room: None) -> Iterator[Visitor]:
    """Open a page as a new visitor; `language`, `view`, `theme` as chosen by the display buttons."""
    contexts: list[BrowserContext] = []

    def visit(*, scripts: bool = True, size: dict[str, int] = WIDE, **choices: str) -> Page:
        context = browser.new_context(base_url=live_server.url, viewport=size, java_script_enabled=scripts, locale="zh-CN")  # type: ignore[arg-type]
        context.set_default_timeout(15_000)
        names = {"language": "django_language"}
        context.add_cookies(
            [{"name": names.get(name, name), "value": value, "url": live_server.url} for name, value in choices.items()]
        )
        contexts.append(context)
        return context.new_page()

    yield visit
    for context in contexts:
        context.close()


@pytest.fixture
def sign_in(visitor: Visitor) -> Callable[..., Page]:
    """Sign in as one of the demo's people."""

    def enter(username: str, **choices: str) -> Page:
        page = visitor(**choices)
        page.goto("/accounts/login/")
        page.locator("[name=username]").fill(username)
        page.locator("[name=password]").fill(people.PASSWORD)
        page.locator("main button[type=submit], main form button").first.click()
        page.wait_for_url(lambda url: "/accounts/login/" not in url)
        return page

    return enter


@pytest.fixture
def county(transactional_db: None) -> dict[str, User]:
    """The demo's agencies and people (by user name), without any matter."""
    return loading.load_office(year=clock.today().year)[1]
