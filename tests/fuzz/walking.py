"""Walks the portal as somebody signed in does: from link to link, one page of each address, and takes down the forms it meets."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.test import Client
from django.urls import Resolver404, resolve
from lxml import html

LEFT_OUT = re.compile("logout|/manage/|set_language|/i18n/|sign-out|session")


@dataclass(frozen=True)
class FoundForm:
    """A form as a page offers it: how it is sent, what it holds already, and what can be filled in with its choices, if any."""

    page: str
    address: str
    method: str
    held: tuple[tuple[str, str], ...]
    fields: dict[str, list[str]]


def forms_within(client: Client, starts: list[str], most: int) -> list[FoundForm]:
    """Follow links from `starts` to at most `most` pages, one of each address pattern, and return the forms found."""
    waiting = list(starts)
    seen: set[str] = set()
    found: list[FoundForm] = []
    while waiting and len(seen) < most:
        address = waiting.pop(0)
        name = _name(address)
        if name is None or name in seen or LEFT_OUT.search(address):
            continue
        seen.add(name)
        response: Any = client.get(address, follow=True)
        if response.streaming or "html" not in response.headers.get("Content-Type", ""):
            continue
        tree = html.fromstring(response.content)
        waiting += [urljoin(address, str(link)) for link in tree.xpath("//a/@href")]
        found += _forms(tree, address)
    return found


def _name(address: str) -> str | None:
    parts = urlsplit(address)
    if parts.netloc or not parts.path.startswith("/"):
        return None
    try:
        return resolve(parts.path).view_name
    except Resolver404:
        return None


def _forms(tree: Any, page: str) -> Iterator[FoundForm]:
    for form in tree.forms:
        address = urljoin(page, form.action or "")
        if LEFT_OUT.search(address):
            continue
        fields: dict[str, list[str]] = {}
        for one in form.inputs:
            if one.get("name") and one.get("type") not in {"file", "submit", "hidden"}:
                fields.setdefault(one.get("name"), []).extend(_choices(one))
        yield FoundForm(page, address, (form.method or "get").lower(), tuple(form.form_values()), fields)


def _choices(field: Any) -> list[str]:
    if field.tag == "select":
        return [option.get("value", "") for option in field.iter("option")]
    return [field.get("value", "")] if field.get("type") in {"radio", "checkbox"} else []
