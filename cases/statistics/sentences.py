"""The findings of a period in sentences, as an official report puts them."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cases.wording import COLOURS
from cases.workflow import Step
from complaints.labels import category_official, enumerated
from core.deadlines import State

from . import measures, wording
from .figures import Part, late
from .periods import parse
from .tables import Shown

_MOST_NAMED = 3


def before_name(shown: Shown) -> str:
    """Name the period before: as a whole if it is one, else by its days, or as those days of it that are compared."""
    period = shown.period_before
    whole = parse(period.code)
    if whole is None:
        return wording.days_of(period)
    name = wording.period_name(whole)
    return name if period == whole else pgettext("period before", "the same days of %(period)s") % {"period": name}


def of(shown: Shown) -> list[str]:
    """Return the sentences; what did not happen has none."""
    if shown.figures.is_empty:
        return [_("Nothing was received and nothing was dealt with in this period.")]
    found = [_received(shown), _decided(shown), _kept(shown), _late_agencies(shown), _found(shown), _rated(shown), _about(shown)]
    return [sentence for sentence in found if sentence]


def open_sentence(shown: Shown) -> str:
    """Say what is open at this moment and what of it is late."""
    states = shown.open.by_state
    if not shown.open.number:
        return _("No case is open now.")
    words = {"n": wording.number(shown.open.number), "late": wording.number(late(states))}
    if not late(states):
        return _("Open now: %(n)s, none of them late.") % words
    cards = [_card(how, states[how]) for how in (State.YELLOW, State.RED) if states[how]]
    text = _("Open now: %(n)s, of which %(late)s are late.") % words
    return wording.joined(text, _("Among them: %(cards)s.") % {"cards": enumerated(cards)} if cards else "")


def _card(how: State, number: int) -> str:
    words = {"card": str(COLOURS[how]), "n": wording.number(number)}
    return pgettext("colour of open cases", "%(card)s: %(n)s") % words


def _received(shown: Shown) -> str:
    now, then = shown.figures.whole["received"], shown.figures_before.whole["received"]
    words = {"n": wording.number(now), "then": wording.number(then), "period": before_name(shown)}
    words |= {"more": wording.number(abs(now - then)), "share": wording.change_percent(now, then).lstrip("+−")}
    if now == then:
        return _("Received: %(n)s, as many as in %(period)s.") % words
    if then < measures.FEW:
        text = _("Received: %(n)s, %(more)s more than in %(period)s.") if now > then else ""
        return (text or _("Received: %(n)s, %(more)s fewer than in %(period)s.")) % words
    if now > then:
        return _("Received: %(n)s, %(more)s (%(share)s) more than in %(period)s.") % words
    return _("Received: %(n)s, %(more)s (%(share)s) fewer than in %(period)s.") % words


def _decided(shown: Shown) -> str:
    counts = shown.figures.whole
    words = {name: wording.number(number) for name, number in counts.items()}
    text = _("Accepted: %(accepted)s; declined: %(declined)s; completed: %(completed)s.") % words
    rest = [
        (counts["referred"], _("referred to another body: %(referred)s")),
        (counts["withdrawn"], _("withdrawn: %(withdrawn)s")),
        (counts["merged"], _("merged into another case: %(merged)s")),
    ]
    further = [name % words for number, name in rest if number]
    return wording.joined(text, _("Also %(further)s.") % {"further": enumerated(further)} if further else "")


def _kept(shown: Shown) -> str:
    now, then = (measures.kept_share(figures.whole, Step.FINISH) for figures in (shown.figures, shown.figures_before))
    counts = shown.figures.whole
    kept, missed = counts["finish_kept"], counts["finish_missed"]
    if not kept + missed:
        return ""
    words = {"due": wording.number(kept + missed), "kept": wording.number(kept), "missed": wording.number(missed)}
    if now is None:
        return _("Of %(due)s limits to finish, %(kept)s were kept and %(missed)s missed.") % words
    words |= {"share": wording.percent(now), "change": _moved(now, then)}
    return _("Of %(due)s limits to finish, %(kept)s were kept: %(share)s in time%(change)s.") % words


def _late_agencies(shown: Shown) -> str:
    """Where limits were missed, the most first; among equals in the order of the agencies."""
    with_ = shown.figures.by_part.get(Part.WITH, {})
    names = {str(one.pk): one.short_name if wording.chinese() else one.name_en or one.short_name for one in shown.agencies}
    missed = [(with_[key].get("finish_missed", 0), name) for key, name in names.items() if key in with_]
    worst = sorted((one for one in missed if one[0]), key=lambda one: -one[0])[:_MOST_NAMED]
    if not worst:
        return ""
    named = enumerated(pgettext("agency", "%(name)s (%(n)s)") % {"name": name, "n": number} for number, name in worst)
    return _("Most limits were missed by: %(agencies)s.") % {"agencies": named}


def _found(shown: Shown) -> str:
    counts = shown.figures.whole
    share, days = measures.upheld_share(counts), measures.days_to_reply(counts)
    if days is None:
        return ""
    words = {
        "n": wording.number(counts["replied"]),
        "upheld": wording.number(counts["upheld"] + counts["partly_upheld"]),
        "share": wording.percent(share),
        "days": wording.days(days),
        "middle": f"{measures.median(shown.figures.waits):g}",
    }
    text = _("Replied to: %(n)s; wholly or partly upheld: %(upheld)s (%(share)s).") % words
    if share is None:
        text = _("Replied to: %(n)s; wholly or partly upheld: %(upheld)s.") % words
    return wording.joined(text, _("A reply took %(days)s working days on average, %(middle)s in the median.") % words)


def _rated(shown: Shown) -> str:
    counts = shown.figures.whole
    content = counts["satisfied"] + counts["fairly_satisfied"]
    share, number = measures.satisfied_share(counts), content + counts["dissatisfied"]
    if not number:
        return ""
    words = {"n": wording.number(number), "content": wording.number(content), "share": wording.percent(share)}
    if share is None:
        return _("Of %(n)s who rated, %(content)s were satisfied or fairly satisfied.") % words
    return _("Of %(n)s who rated, %(content)s were satisfied or fairly satisfied: %(share)s.") % words


def _about(shown: Shown) -> str:
    found = shown.figures.by_part.get(Part.CATEGORY, {})
    numbers = [(counts.get("received", 0), key) for key, counts in found.items() if key != "0"]
    most = sorted((one for one in numbers if one[0]), key=lambda one: (-one[0], one[1]))[:_MOST_NAMED]
    if not most:
        return ""
    whole = shown.figures.whole["received"]
    named = enumerated(_share_of(category_official(int(key)), number, whole) for number, key in most)
    return _("Most were about: %(categories)s.") % {"categories": named}


def _share_of(name: str, number: int, whole: int) -> str:
    share = measures.share(number, whole)
    words = {"name": name, "n": wording.number(number), "share": wording.percent(share)}
    text = pgettext("category", "%(name)s (%(n)s)") if share is None else pgettext("category", "%(name)s (%(n)s, %(share)s)")
    return text % words


def _moved(now: float | None, then: float | None) -> str:
    """By how many points a share has moved, after a comma; nothing when it cannot be said or has not."""
    if now is None or then is None:
        return ""
    moved = round(now, 1) - round(then, 1)
    if abs(moved) < 0.05:
        return ""
    points = {"points": f"{abs(moved):.1f}"}
    return (_(", up %(points)s points") if moved > 0 else _(", down %(points)s points")) % points
