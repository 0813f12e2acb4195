"""An act on a case as somebody does it in the browser: open its page, answer what it asks, press its button."""

from pathlib import Path

from django.urls import reverse
from playwright.sync_api import Locator, Page

WORDS = "经核实，情况属实，请按规定办理。"


def act(page: Page, name: str, *args: object, on: str = "", files: Path | None = None, **given: str) -> str:
    """Do it and return what the next page says; `on` is the page where its form stands, if it has none of its own.

    What is not given is answered with what any form takes. What the form refuses fails the test in the form's words.
    """
    address = reverse(f"cases:{name}", args=args)
    page.goto(on or address)
    forms = page.locator(f"main form[action^='{address}']") if on else page.locator("main form", has=page.locator(".btn-primary"))
    assert forms.count(), f"{address} offers nothing to do: {page.locator('main').inner_text()}"
    finish(page, forms.last, files, **given)
    return page.locator("main").inner_text()


def finish(page: Page, form: Locator, files: Path | None = None, **given: str) -> None:
    """Answer a form and press its button."""
    for field, value in given.items():
        answer(form.locator(f"[name={field}]"), value)
    if files:
        form.locator("[type=file]").first.set_input_files(files)
    fill_the_rest(form)
    with page.expect_navigation():
        form.locator("button[type=submit], button:not([type])").last.click()
    refused = page.locator(".alert-sum")
    assert not refused.count(), refused.inner_text()


def answer(fields: Locator, value: str) -> None:
    """Answer a question with a value: a choice, an entry of a list, or words."""
    kind = fields.first.get_attribute("type") or fields.first.evaluate("field => field.tagName.toLowerCase()")
    if kind in {"radio", "checkbox"}:
        fields.locator(f"xpath=self::*[@value='{value}']").first.check()
    elif kind == "select":
        fields.select_option(value)
    else:
        fields.fill(value)


def fill_the_rest(form: Locator) -> None:
    """Answer what is required and still empty: words for words, the first of several choices."""
    for field in form.locator("textarea:visible").all():
        if not field.input_value() and field.get_attribute("required") is not None:
            field.fill(WORDS)
    for field in form.locator("input[type=text]:visible, input:not([type]):visible").all():
        if not field.input_value() and field.get_attribute("required") is not None:
            field.fill("核查材料")
    for name in {field.get_attribute("name") for field in form.locator("input[type=radio][required]").all()}:
        if not form.locator(f"[name={name}]:checked").count():
            form.locator(f"[name={name}]").first.check()
