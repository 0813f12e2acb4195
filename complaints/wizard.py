"""The way through a filing: which questions there are, which of them apply, which are answered, and what they amount to."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.datastructures import MultiValueDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.models import StoredFile

from . import drafts
from .answers import answers_of
from .filing import Filer, Filing
from .forms.base import StepForm
from .forms.contact import BY_CODE, ContactForm
from .forms.kind import KindForm
from .forms.matter import AboutForm, EventsForm, EvidenceForm, ProblemForm
from .forms.person import CheckForm, DisclosureForm, IdentityForm, PhoneForm
from .models import Complainant, Draft, DraftFile, Identity, Kind

Text = str | Promise


class Incomplete(Exception):
    """A question is not answered yet."""


@dataclass(frozen=True, eq=False)  # each is itself; a hash over the title would change with the reader's language
class Step:
    """One page with one question; several pages may be one part of the progress bar."""

    slug: str
    part: int
    title: Text
    form: type[StepForm]

    @property
    def template(self) -> str:
        """The page that asks."""
        return f"complaints/step_{self.slug}.html"


PARTS: tuple[Text, ...] = (_("Whom"), _("What kind"), _("What happened"), _("Evidence"), _("Who you are"), _("Check and submit"))
ABOUT = Step("about", 1, _("Whom is it about?"), AboutForm)
KIND = Step("kind", 2, _("What is it to you?"), KindForm)
PROBLEM = Step("problem", 2, _("What kind of problem is it?"), ProblemForm)
EVENTS = Step("events", 3, _("What happened?"), EventsForm)
EVIDENCE = Step("evidence", 4, _("Do you have anything that shows it?"), EvidenceForm)
IDENTITY = Step("identity", 5, _("Do you want to give your name?"), IdentityForm)
CONTACT = Step("contact", 5, _("How do we reach you?"), ContactForm)
PHONE = Step("phone", 5, _("Confirm your mobile number"), PhoneForm)
DISCLOSURE = Step("disclosure", 5, _("What may the agency know?"), DisclosureForm)
CHECK = Step("check", 6, _("Check your answers"), CheckForm)
STEPS = (ABOUT, KIND, PROBLEM, EVENTS, EVIDENCE, IDENTITY, CONTACT, PHONE, DISCLOSURE, CHECK)
BY_SLUG = {step.slug: step for step in STEPS}
_NAMED_ONLY = {CONTACT, PHONE, DISCLOSURE}


class Walk:
    """One draft on its way; a walk without draft has answered nothing. Reads only, and each answer once."""

    def __init__(self, draft: Draft | None) -> None:
        """Open the answers."""
        self.draft = draft
        self.answers = answers_of(draft)
        self._said: dict[str, dict[str, Any]] = {}

    @cached_property
    def files(self) -> Sequence[DraftFile]:
        """The files added so far, in order."""
        return list(self.draft.files.select_related("file").order_by("pk")) if self.draft else []

    @property
    def is_named(self) -> bool:
        """Whether the filer gives a name."""
        return bool(self.said(IDENTITY).get("identity") == Identity.REAL_NAME)

    @property
    def kind(self) -> str:
        """Complaint, report or tip; a complaint until something else is said."""
        return str(self.said(KIND).get("kind", Kind.COMPLAINT))

    @property
    def phone(self) -> str:
        """The mobile number that a code must confirm, as E.164; empty where no code is sent."""
        said = self.said(CONTACT)
        return str(said["phone"]) if said.get("confirm") == BY_CODE else ""

    def form(
        self, step: Step, typed: MultiValueDict[str, str] | None = None, *, files: Any = None, silent: bool = False
    ) -> StepForm:
        """Return a step's form with what was typed, or with what the draft holds (shown without judgement)."""
        if typed is None:
            return step.form(self.answers.of(step.slug), answers=self.answers, silent=True)
        return step.form(typed, answers=self.answers, files=files, silent=silent)

    def said(self, step: Step) -> dict[str, Any]:
        """Return a step's answers, empty when they are not complete."""
        if step.slug not in self._said:
            typed = self.answers.of(step.slug)
            self._said[step.slug] = {} if typed is None else step.form(typed, answers=self.answers).said()
        return self._said[step.slug]

    def applies(self, step: Step) -> bool:
        """Tell whether this filer is asked this question."""
        if step in _NAMED_ONLY and not self.is_named:
            return False
        if step is PHONE:
            return str(self.said(CONTACT).get("confirm", BY_CODE)) == BY_CODE
        return step is not DISCLOSURE or (self.kind == Kind.COMPLAINT and self.said(ABOUT).get("agency") is not None)

    def is_answered(self, step: Step) -> bool:
        """Tell whether the question is answered. Evidence may stay out, but not be locked; a phone is confirmed by its code."""
        if step is EVIDENCE:
            return not any(item.file.state == StoredFile.State.INFECTED for item in self.files)
        if step is PHONE:
            return drafts.is_confirmed(self.draft, self.phone)
        return bool(self.said(step))

    def asked(self) -> list[Step]:
        """Return the questions that this filer is asked, in order."""
        return [step for step in STEPS if self.applies(step)]

    def first_open(self) -> Step:
        """Return the first question that is not answered; the check when all are."""
        return next((step for step in self.asked() if step is not CHECK and not self.is_answered(step)), CHECK)

    def after(self, step: Step) -> Step:
        """Return the question that follows; a confirmed phone is not asked again."""
        later = [one for one in self.asked() if STEPS.index(one) > STEPS.index(step)]
        return next((one for one in later if one is not PHONE or not self.is_answered(one)), CHECK)

    def before(self, step: Step) -> Step | None:
        """Return the question before this one; the phone's code is not a place to go back to."""
        earlier = [one for one in self.asked() if STEPS.index(one) < STEPS.index(step) and one is not PHONE]
        return earlier[-1] if earlier else None

    def may_enter(self, step: Step) -> bool:
        """Tell whether everything that the page builds on is answered."""
        if self.draft is None:
            return step is ABOUT
        if step is CHECK:
            return self.first_open() is CHECK
        if step is PHONE:
            return self.applies(step) and bool(self.phone)
        return self.applies(step)

    def filing(self) -> Filing:
        """Return what the answers amount to. Raises Incomplete."""
        if self.first_open() is not CHECK or self.draft is None:
            raise Incomplete
        notify = self.said(CONTACT).get("notify", []) if self.is_named else []
        disclosed = self.said(DISCLOSURE).get("disclose", []) if self.applies(DISCLOSURE) else []
        return Filing(
            filer=self._filer(self.draft) if self.is_named else None,
            notify_sms="sms" in notify,
            notify_email="email" in notify,
            disclose=tuple(disclosed),
            kind=self.kind,
            signers=self.said(CONTACT)["signers"] if self.is_named else 1,
            files=tuple(item.file for item in self.files),
            **{name: self.said(ABOUT)[name] for name in ("agency", "agency_words", "respondent")},
            **{name: self.said(PROBLEM)[name] for name in ("category", "secondary", "behaviours")},
            **{
                name: self.said(EVENTS)[name]
                for name in ("happened_on", "place", "narrative", "ongoing", "wish", "earlier_number")
            },
        )

    def _filer(self, draft: Draft) -> Filer:
        """Who files; without a code nothing is verified until an officer has called or met the person."""
        said = self.said(CONTACT)
        by_code = said["confirm"] == BY_CODE
        return Filer(
            verification=Complainant.Verification.PHONE if by_code else Complainant.Verification.NONE,
            verified_at=draft.phone_confirmed_at if by_code else None,
            language=draft.language,
            **{name: said[name] for name in ("name", "phone", "email", "organisation", "uscc", "address", "representatives")},
        )
