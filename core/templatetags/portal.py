"""Icons, days and moments as the portal writes them, in Chinese and in English."""

from datetime import date, datetime

from django import template
from django.templatetags.static import static
from django.utils import dateformat, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from core import clock

register = template.Library()
_WEEKDAYS = "一二三四五六日"


@register.simple_tag
def icon(name: str, extra: str = "") -> SafeString:
    """Draw a shape of the sprite; decoration only, so the words beside it must say the same."""
    css = f"icon {extra}".strip()
    return format_html('<svg class="{}" aria-hidden="true"><use href="{}#{}"/></svg>', css, static("icons.svg"), name)


@register.filter
def day(value: date | datetime | str | None) -> str:
    """Write `9 月 18 日` or `18 September`; with the year when it is not this one."""
    when = _local(value)
    if when is None:
        return ""
    if _chinese():
        text = f"{when.month} 月 {when.day} 日"
        return text if when.year == clock.today().year else f"{when.year} 年 {text}"
    return dateformat.format(when, "j F" if when.year == clock.today().year else "j F Y")


@register.filter
def weekday(value: date | datetime | str | None) -> str:
    """Write `星期五` or `Friday`."""
    when = _local(value)
    if when is None:
        return ""
    return f"星期{_WEEKDAYS[when.weekday()]}" if _chinese() else dateformat.format(when, "l")


@register.filter
def full_day(value: date | datetime | str | None) -> str:
    """Write `2026 年 9 月 18 日（星期五）` or `Friday 18 September 2026`."""
    when = _local(value)
    if when is None:
        return ""
    if _chinese():
        return f"{when.year} 年 {when.month} 月 {when.day} 日（{weekday(when)}）"
    return dateformat.format(when, "l j F Y")


@register.filter
def year_day(value: date | datetime | str | None) -> str:
    """Write `2026 年 9 月 18 日` or `18 September 2026`: for terms and posts, where the weekday says nothing."""
    when = _local(value)
    if when is None:
        return ""
    return f"{when.year} 年 {when.month} 月 {when.day} 日" if _chinese() else dateformat.format(when, "j F Y")


@register.filter
def year_month(value: date | datetime | str | None) -> str:
    """Write `2026 年 9 月` or `September 2026`."""
    when = _local(value)
    if when is None:
        return ""
    return f"{when.year} 年 {when.month} 月" if _chinese() else dateformat.format(when, "F Y")


@register.filter
def month_name(value: date | datetime | str | None) -> str:
    """Write `9 月` or `September`: where the year stands above."""
    when = _local(value)
    if when is None:
        return ""
    return f"{when.month} 月" if _chinese() else dateformat.format(when, "F")


@register.filter
def day_week(value: date | datetime | str | None) -> str:
    """Write `9 月 18 日（星期五）` or `Friday 18 September`."""
    if _local(value) is None:
        return ""
    return f"{day(value)}（{weekday(value)}）" if _chinese() else f"{weekday(value)} {day(value)}"


@register.filter
def moment(value: datetime | str | None) -> str:
    """Write `9 月 18 日（星期五）10:24` or `Friday 18 September, 10:24`."""
    when = _local(value)
    if not isinstance(when, datetime):
        return day_week(value)
    return f"{day_week(when)}{when:%H:%M}" if _chinese() else f"{day_week(when)}, {when:%H:%M}"


@register.filter
def file_size(value: int) -> str:
    """Write `340 KB` or `1.2 MB`."""
    kilobytes = max(1, round(value / 1024))
    return f"{kilobytes} KB" if kilobytes < 1000 else f"{value / 1024 / 1024:.1f} MB"


def _chinese() -> bool:
    return (get_language() or "").startswith("zh")


def _local(value: date | datetime | str | None) -> date | datetime | None:
    """Take dates, aware moments and the ISO text of either (facts of notices and events are JSON)."""
    if isinstance(value, str):
        if not value:
            return None
        value = datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
    return timezone.localtime(value) if isinstance(value, datetime) else value
