"""What is told of an invented matter of the demo."""

from dataclasses import dataclass

from complaints.models import Channel, Kind, Satisfaction


@dataclass(frozen=True)
class Outcome:
    """What the agency reported and the office replied."""

    finding: str
    facts_found: str
    reply: str
    satisfaction: Satisfaction | None = None


@dataclass(frozen=True)
class GivenBack:
    """Why an agency gave its matter back, by which rule, and which agency (short name) it thinks competent."""

    reason: str
    basis: str
    proposed: str


@dataclass(frozen=True)
class Helping:
    """An agency that helps the one that leads (short name), and its opinion, if it has given one."""

    agency: str
    opinion: str = ""


@dataclass(frozen=True)
class Supervised:
    """What the office did to make the agency act; a card for its late limit is suggested, issued and appealed against."""

    suggested: bool = False
    issued: bool = False
    appeal: str = ""
    chaser: str = ""
    order: str = ""


@dataclass(frozen=True)
class Matter:
    """One matter. `until` is the status it has reached (`cases.workflow.Status`); a question and its answer come on the way.

    Without an agency (`agency_words` says which place is meant) it stays in triage. Without a name it is anonymous. `review` is
    why a review was asked for; `follow` is what can be tried on its tracking page.
    """

    agency: str
    category: int
    behaviours: tuple[str, ...]
    narrative: str
    wish: str
    until: str
    working_days_ago: int
    name: str
    phone: str
    organisation: str = ""
    channel: Channel = Channel.WEB
    kind: Kind = Kind.COMPLAINT
    agency_words: str = ""
    waits_for_call: bool = False  # no mobile phone: an officer calls back to make sure who filed
    signers: int = 1
    representatives: tuple[tuple[str, str], ...] = ()  # name and phone of who speaks for a joint complaint beside the filer
    address: str = ""
    uscc: str = ""
    summary: str = ""
    decline_reason: str = ""
    transferred: bool = False  # the agency answers in its own name
    given_back: GivenBack | None = None
    helping: tuple[Helping, ...] = ()
    refer_reason: str = ""
    outcome: Outcome | None = None
    question: str = ""
    answer: str = ""
    review: str = ""
    follow: str = ""
    then: str = ""  # what happens when it seems to be over: a name of `afterwards.WAYS`
    supervised: Supervised | None = None
