"""What the writer of a letter puts in own words, what is proposed for it, and how numbers and days are written. Pure.

Letters are written in Chinese whatever language the page is in: they are documents of the office.
"""

from collections.abc import Mapping
from datetime import date

from .kinds import TO_COMPLAINANT, LetterKind
from .placeholders import BODY, CLOSING, HONORIFIC

# The keys under which a letter keeps its writer's words, and the placeholder that each of them fills.
FIELDS: Mapping[str, str] = {"honorific": HONORIFIC, "body": BODY, "closing": CLOSING}
_CLOSINGS: Mapping[str, str] = {
    LetterKind.ACCEPTANCE: "特此告知。",
    LetterKind.DECLINING: "特此告知。",
    LetterKind.DISPATCH: "请依法依规办理，并按期书面反馈办理结果。",
    LetterKind.CHASER: "请抓紧办结，并书面说明逾期原因。",
    LetterKind.SUPERVISION: "特此督办。",
    LetterKind.EXTENSION: "特此告知。感谢您的理解和支持。",
    LetterKind.REPLY: "感谢您对机关效能建设的监督和支持。",
    LetterKind.CLOSING: "特此报告。",
    LetterKind.CIRCULAR: "望各单位引以为戒，切实改进工作。",
}
_SUPERVISION = "请你单位主要负责同志过问此事，逐项核查反映的问题，依法依规处理到位，并说明办理情况。"
# What each kind adds to the office's sign in a number: 清优效受〔2026〕15号.
_MARKS: Mapping[str, str] = {
    LetterKind.ACCEPTANCE: "受",
    LetterKind.DECLINING: "告",
    LetterKind.DISPATCH: "转",
    LetterKind.CHASER: "催",
    LetterKind.SUPERVISION: "督",
    LetterKind.EXTENSION: "延",
    LetterKind.REPLY: "复",
    LetterKind.CLOSING: "结",
    LetterKind.CIRCULAR: "通",
}


def fields_of(kind: str) -> tuple[str, ...]:
    """Return which words the writer of this kind gives."""
    return tuple(name for name in FIELDS if name != "honorific" or kind in TO_COMPLAINANT)


def proposed(kind: str, *, summary: str = "") -> dict[str, str]:
    """Return the words that stand there before anybody has changed them; `summary` is what went to the agency."""
    body = {LetterKind.DISPATCH: summary, LetterKind.SUPERVISION: _SUPERVISION}.get(LetterKind(kind), "")
    return {"honorific": "", "body": body, "closing": _CLOSINGS[kind]}


def default_prefix(kind: str, sign: str) -> str:
    """Return what stands before the year unless the office has chosen otherwise; `sign` is the office's own."""
    return f"{sign}{_MARKS[kind]}"


def number_in_words(prefix: str, year: int, number: int | None) -> str:
    """Write `清优效受〔2026〕15号`; a draft has a gap where the number will stand."""
    return f"{prefix}〔{year}〕{'　' if number is None else number}号"


def written_day(day: date) -> str:
    """Write `2026年9月18日`, as official papers do."""
    return f"{day.year}年{day.month}月{day.day}日"


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a text, bare; what no letter can hold is left out."""
    plain = "".join(one for one in text.replace("\r\n", "\n") if one in "\n\u3000" or one.isprintable())
    return [line.strip() for line in plain.split("\n") if line.strip()]
