"""Cleans what people type and derives a short working title from it. Pure."""

import re
import unicodedata

TITLE_LENGTH = 40
_SHORTEST_TITLE = 6
_KEPT_CONTROLS = {"\t", "\n"}
_SALUTATION = re.compile(
    r"^(?:(?:尊敬的|敬爱的)[^，。：:！!\n]{0,15}[，。：:！!]*|(?:领导|你|您)们?好[，。：:！!]*|dear [^,\n]{0,30},)\s*",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"(?<=[。！？；!?;])|(?<=\.)\s|\n")


def cleaned(text: str) -> str:
    """Return the text with one kind of line end and without control characters, which no keyboard types (NUL among them)."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(
        character for character in text if character in _KEPT_CONTROLS or unicodedata.category(character) not in {"Cc", "Cs"}
    )


def one_line(text: str) -> str:
    """Return the text on one line, without invisible characters such as those that turn the reading direction."""
    visible = "".join(" " if character.isspace() else character for character in text if not _invisible(character))
    return " ".join(visible.split())


def title_from(text: str) -> str:
    """Return a working title: the first sentence that says something, at most 40 characters. `text` must be masked already."""
    body = text.strip()
    while body != (shorter := _SALUTATION.sub("", body)):
        body = shorter
    sentences = [one_line(sentence).rstrip("。；;.") for sentence in _SENTENCE_END.split(body)]
    telling = (
        next((sentence for sentence in sentences if len(sentence) >= _SHORTEST_TITLE), "") or one_line(body) or one_line(text)
    )
    return shortened(telling.rstrip("。"), TITLE_LENGTH)


def shortened(text: str, most: int) -> str:
    """Cut a text to `most` characters, between two words where it has words, and mark the cut."""
    if len(text) <= most:
        return text
    head = text[: most - 1]
    word_break = head.rfind(" ")
    return f"{head[:word_break] if word_break > most // 2 else head}…"


def _invisible(character: str) -> bool:
    """Format characters (direction, zero width), private and unassigned ones; line ends and tabs are white space and stay."""
    return not character.isspace() and unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Cn"}
