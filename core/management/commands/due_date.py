"""`manage.py due_date 2026-09-30 --working-days 3 --suspend 2026-10-08:2026-10-12`: when a limit ends, and why."""

from argparse import ArgumentParser, ArgumentTypeError
from datetime import date
from itertools import pairwise
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from core import calendars, explain
from core.deadlines import Pause, Rule, Unit, compute

LONGEST = 3660  # ten years of days; a longer limit is a slip of the finger


class Command(BaseCommand):
    """Count a limit by the office's calendar."""

    help = "Print the last day of a limit (ISO, first line) and the sum below."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the start day, the length in working or natural days, and what moves the limit."""
        parser.add_argument("start", type=_day, help="the day on which the limit starts; it is not counted (2026-09-30)")
        length = parser.add_mutually_exclusive_group(required=True)
        length.add_argument("--working-days", type=_length, metavar="N", help="the limit in working days")
        length.add_argument("--days", type=_length, metavar="N", help="the limit in natural days; it moves off a day off")
        parser.add_argument("--extend", type=_length, metavar="N", default=0, help="longer by so many of the same unit")
        parser.add_argument(
            "--suspend",
            type=_pause,
            metavar="FROM:UNTIL",
            action="append",
            default=[],
            help="the first day that does not count and the first that counts again; may be given several times",
        )
        parser.add_argument("--language", choices=[code for code, _name in settings.LANGUAGES], default=settings.LANGUAGE_CODE)

    def handle(self, *args: Any, **options: Any) -> None:
        """Compute and print."""
        unit = Unit.WORKING_DAYS if options["working_days"] else Unit.DAYS
        rule = Rule(options["working_days"] or options["days"], unit)
        pauses = _in_order(options["suspend"])
        limit = compute(options["start"], rule, calendars.work_calendar(), extended_by=options["extend"], pauses=pauses)
        self.stdout.write(limit.due_on.isoformat())
        with translation.override(options["language"]):
            for sentence in explain.sentences(limit.as_facts()):
                self.stdout.write(sentence)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"“{text}” is no day; write it like 2026-09-30") from error


def _pause(text: str) -> Pause:
    first, colon, until = text.partition(":")
    if not colon:
        raise ArgumentTypeError(f"“{text}” is no span; write it like 2026-10-08:2026-10-12")
    pause = Pause(_day(first), _day(until))
    if pause.until <= pause.first:
        raise ArgumentTypeError(f"“{text}” ends before it begins; the second day is the first that counts again")
    if (pause.until - pause.first).days > LONGEST:
        raise ArgumentTypeError(f"“{text}” is longer than {LONGEST} days")
    return pause


def _in_order(pauses: list[Pause]) -> list[Pause]:
    """Put spans in order. Raises CommandError when two overlap, as no case's suspensions do."""
    ordered = sorted(pauses, key=lambda pause: pause.first)
    if any(second.first < first.until for first, second in pairwise(ordered)):
        raise CommandError("Two of the spans in which the clock stands still overlap.")
    return ordered


def _length(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= LONGEST:
        raise ArgumentTypeError(f"“{text}” is no length; write a number of days from 1 to {LONGEST}")
    return int(text)
