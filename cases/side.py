"""The list at the side of the office's pages: links with their counts, under headings."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Link:
    """One view, saved search or list."""

    title: str
    url: str
    count: str | None
    current: bool


@dataclass(frozen=True)
class Group:
    """Links under one heading; `url` is where they are kept in order."""

    title: str
    links: list[Link]
    url: str = ""
