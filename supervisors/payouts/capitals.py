"""Amounts as a Chinese bank wants them: in figures, and in capitals that nobody can change with a stroke. Pure."""

import re
import unicodedata

import cn2an

# No account holds more, and a slip of the hand should not pass.
MOST_FEN = 10**13
_FIGURES = re.compile(r"(?P<yuan>\d{1,11})(?:\.(?P<part>\d{1,2})0*)?")


def figures(amount_fen: int) -> str:
    """Return whole fen as yuan with two places: `1234.50`."""
    return f"{amount_fen // 100}.{amount_fen % 100:02d}"


def capitals(amount_fen: int) -> str:
    """Return whole fen in capitals (壹仟元整, 壹角, 壹元零伍分). Raises ValueError for what is not above zero or too much."""
    if not 0 < amount_fen < MOST_FEN:
        raise ValueError(amount_fen)
    yuan, part = divmod(amount_fen, 100)
    whole = f"{cn2an.an2cn(str(yuan), 'up')}元" if yuan else ""
    if not part:
        return f"{whole}整"
    return whole + _part(part, after_whole=bool(yuan))


def parsed_fen(text: str) -> int | None:
    """Read an amount in yuan as banks and people write it (`1,234.50`, `￥500`); None when it is none, or has half a fen."""
    plain = unicodedata.normalize("NFKC", text).strip().lstrip("¥").removesuffix("元").replace(" ", "")
    if "," in plain and not re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", plain):
        return None
    match = _FIGURES.fullmatch(plain.replace(",", ""))
    if match is None or not plain.isascii():
        return None
    return int(match["yuan"]) * 100 + int((match["part"] or "").ljust(2, "0"))


def _part(part: int, *, after_whole: bool) -> str:
    """The jiao and fen; without jiao a zero stands before the fen, when yuan come before them."""
    jiao, fen = divmod(part, 10)
    words = f"{cn2an.an2cn(str(jiao), 'up')}角" if jiao else ""
    if not fen:
        return f"{words}整"
    return f"{words or ('零' if after_whole else '')}{cn2an.an2cn(str(fen), 'up')}分"
