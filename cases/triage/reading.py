"""What the desk shows of one case, read in a fixed number of queries, and what it says when nothing waits."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency
from cases import permissions, reading
from cases.desk import looks
from cases.merging.duplicates import Duplicate, duplicates_of
from cases.models import Case
from cases.reading import Matter, SamePerson
from cases.wording import Standing, standing
from cases.wording import names_of as in_one_line
from complaints.labels import agency_name, behaviour_names, category_plain
from core import calendars, clock
from core.counting import bounded, shown

from . import leases, line
from .limits import Outlook, outlooks
from .line import Day
from .places import from_desk
from .suggesting import Known, Suggestion, Told, suggest
from .wording import Elsewhere, Hint, agency_hint, category_hints, elsewhere

# The key of each act that may stand beside acceptance, by the last part of its address.
_KEYS = {"decline": "d", "refer": "r", "end-withdrawn": "w"}
_NEXT_VIEWS = ("waiting", "today", "overdue", "unconfirmed")


@dataclass(frozen=True)
class Way:
    """Another way out of the line than acceptance; `key` may be empty."""

    title: str
    url: str
    key: str


@dataclass(frozen=True)
class View:
    """A view of the queue to which one could turn, with how many cases are in it."""

    title: str
    url: str
    count: str


@dataclass(frozen=True)
class DeskPage:
    """All that the desk shows beside the form."""

    case: Case
    matters: Sequence[Matter]
    day: Day
    position: int
    previous: int | None
    later: int | None
    due: Standing | None
    agency: str
    filed_as: str
    hints: list[Hint]
    agency_hint: Hint | None
    elsewhere: list[Elsewhere]
    duplicates: list[Duplicate]
    same_person: SamePerson | None
    same_agency: list[Case]
    outlooks: list[Outlook]
    ways: list[Way]
    also_open_at: str

    @property
    def files(self) -> int:
        """How many files of evidence there are."""
        return sum(len(matter.evidence) for matter in self.matters)

    @property
    def messages(self) -> int:
        """How many messages of complainants nobody has seen."""
        return sum(said.is_new for matter in self.matters for said in matter.thread)


def suggestion_of(matters: Sequence[Matter], agencies: Sequence[Agency]) -> Suggestion:
    """Ask what is suggested for the matters of a case; what is told is the masked text alone."""
    text = "\n".join(matter.complaint.working_copy for matter in matters)
    words = " ".join(matter.complaint.agency_words for matter in matters)
    return suggest(Told(text, words), [_known(one) for one in agencies])


def agencies() -> list[Agency]:
    """Return the agencies that exist today."""
    return list(Agency.objects.open().for_list())


def desk_page(
    case: Case, matters: Sequence[Matter], suggestion: Suggestion, agencies: Sequence[Agency], *, user: User
) -> DeskPage:
    """Read what the desk shows of a case."""
    today, complaints = clock.today(), [matter.complaint for matter in matters]
    waiting, agency = line.waiting(user), case.respondent_agency
    following = waiting.following(case)
    return DeskPage(
        case=case,
        matters=matters,
        day=line.day_of(user, waiting, clock.now()),
        position=waiting.position(case),
        previous=waiting.preceding(case),
        later=following[0] if following else None,
        due=standing(case.due_on, today, calendars.work_calendar()) if case.due_on and not case.paused_on else None,
        agency=agency_name(agency) if agency else "",
        filed_as=" · ".join(part for part in (category_plain(case.category), behaviour_names(case.behaviours)) if part),
        hints=category_hints(suggestion, case),
        agency_hint=agency_hint(suggestion, case, {str(one.pk): one for one in agencies}),
        elsewhere=elsewhere("\n".join(one.working_copy for one in complaints), [case.category, *case.secondary]),
        duplicates=duplicates_of(case, complaints, user) if permissions.can_merge(user, case) else [],
        same_person=reading.same_person(case, user, complaints),
        same_agency=reading.same_agency(case, user),
        outlooks=outlooks(case, today),
        ways=_ways(case, user),
        also_open_at=names_of(leases.take(case.pk, user, at=clock.now())),
    )


def names_of(people: Sequence[int]) -> str:
    """Name who else has a case open."""
    return in_one_line(User.objects.filter(pk__in=people).order_by("pk")) if people else ""


def elsewhere_in_queue(user: User) -> list[View]:
    """Return the views of the queue in which something is left to do, when nothing waits at the desk; one query."""
    views = [looks.BY_CODE[code] for code in _NEXT_VIEWS]
    counts = bounded({view.code: view.cases(user, clock.today()) for view in views if view.is_for(user)})
    return [
        View(str(view.title), f"{reverse('cases:list')}?view={view.code}", shown(counts[view.code]))
        for view in views
        if counts.get(view.code)
    ]


def _ways(case: Case, user: User) -> list[Way]:
    """Return what the page of the case offers beside acceptance, leading back to the desk."""
    accept = reverse("cases:accept", args=[case.pk])
    acts = [act for act in reading.next_step(case, user).acts if act.url != accept]
    return [Way(act.title, from_desk(act.url, case), _KEYS.get(act.url.rstrip("/").rsplit("/", 1)[-1], "")) for act in acts]


def _known(agency: Agency) -> Known:
    """Return how people call an agency, also without the county's name, and what it does."""
    aliases = [name.strip() for name in agency.aliases.replace("，", ",").split(",")]
    names = [agency.name, agency.name.removeprefix(settings.OFFICE["county"]), agency.short_name, *aliases]
    duties = agency.duties.replace("，", "、").replace(",", "、").split("、")
    return Known(
        agency.pk, tuple(name for name in dict.fromkeys(names) if name), tuple(one.strip() for one in duties if one.strip())
    )
