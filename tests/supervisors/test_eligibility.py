"""Eligibility: each reason by itself, all of them at once, and never yes while something speaks against it."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from random import Random

import pytest
from django.utils import translation

from supervisors.rewards.eligibility import Effect, Facts, Rules, Source, Verdict, against, eligibility, is_eligible

DAY = date(2026, 9, 14)
RULES = Rules(date(2026, 1, 1), date(2026, 12, 31))
GOOD = Facts(Source.VERIFIED, "upheld", DAY, frozenset({Effect.MEASURE}), RULES, own_duty=False, accomplice=False)


def codes(facts, verdict=Verdict.AGAINST):
    return [reason.code for reason in eligibility(facts) if reason.verdict == verdict]


def test_a_good_report_has_nothing_against_it_and_nothing_open():
    assert is_eligible(eligibility(GOOD))
    assert codes(GOOD) == codes(GOOD, Verdict.OPEN) == []


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"source": Source.NOBODY}, "source_nobody"),
        ({"finding": ""}, "finding_open"),
        ({"finding": "not_upheld"}, "finding_fails"),
        ({"effects": frozenset()}, "effect_none"),
        ({"rules": None}, "dates_outside"),
        ({"reported_on": date(2025, 12, 31)}, "dates_outside"),
        ({"reported_on": date(2027, 1, 1)}, "dates_outside"),
        ({"is_first": False}, "not_first"),
        ({"rewarded_case": True}, "case_rewarded"),
        ({"rewarded_as": "supervisor"}, "rewarded_as_supervisor"),
        ({"rewarded_as": "complainant"}, "rewarded_as_complainant"),
        ({"supervisor_kind": "full_time", "source": Source.ROSTER}, "full_time"),
        ({"own_claim": True}, "own_claim"),
        ({"own_duty": True}, "own_duty"),
        ({"accomplice": True}, "accomplice"),
    ],
)
def test_each_reason_against_is_named_alone(changed, code):
    assert codes(replace(GOOD, **changed)) == [code]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"source": Source.CLAIM_CODE}, "source_claim_code"),
        ({"source": Source.ROSTER, "supervisor_kind": "volunteer"}, "source_roster"),
        ({"finding": "partly_upheld"}, "finding_holds"),
        ({"effects": frozenset({Effect.DISPOSITION})}, "effect_disposition"),
        ({"effects": frozenset({Effect.RECTIFICATION})}, "effect_rectification"),
        ({"reported_on": date(2026, 1, 1)}, "dates_within"),
        ({"reported_on": date(2026, 12, 31)}, "dates_within"),
        ({"supervisor_kind": "full_time", "rules": replace(RULES, full_time_too=True)}, "full_time_too"),
        ({"own_claim": True, "rules": replace(RULES, leaves_out_own_claim=False)}, "own_claim_too"),
    ],
)
def test_each_reason_for_is_named(changed, code):
    facts = replace(GOOD, **changed)
    assert code in codes(facts, Verdict.FOR)
    assert is_eligible(eligibility(facts))


def test_what_nobody_has_judged_is_open_and_an_unshown_code_too():
    facts = replace(GOOD, source=Source.UNPROVED, own_duty=None, accomplice=None)
    assert codes(facts, Verdict.OPEN) == ["source_unproved", "duty_open", "accomplice_open"]


def any_facts(random):
    """Facts of any kind, also such as no case has."""
    rules = Rules(DAY, DAY + timedelta(days=random.randrange(9)), random.random() < 0.5, random.random() < 0.5)
    return Facts(
        source=random.choice(list(Source)),
        finding=random.choice(["", "upheld", "partly_upheld", "not_upheld"]),
        reported_on=DAY + timedelta(days=random.randrange(-3, 12)),
        effects=frozenset(one for one in Effect if random.random() < 0.5),
        rules=random.choice([None, rules]),
        is_first=random.random() < 0.7,
        rewarded_case=random.random() < 0.3,
        rewarded_as=random.choice(["", "", "supervisor", "complainant"]),
        supervisor_kind=random.choice(["", "volunteer", "full_time"]),
        own_claim=random.random() < 0.5,
        own_duty=random.choice([None, False, True]),
        accomplice=random.choice([None, False, True]),
    )


def allowed(facts):
    """The rule of DOMAIN.md, written once more in another way."""
    rules = facts.rules
    return all(
        [
            facts.source != Source.NOBODY,
            facts.finding in {"upheld", "partly_upheld"},
            bool(facts.effects),
            rules is not None and rules.since <= facts.reported_on <= rules.until,
            facts.is_first,
            not facts.rewarded_case,
            not facts.rewarded_as,
            facts.supervisor_kind != "full_time" or bool(rules and rules.full_time_too),
            not facts.own_claim or bool(rules and not rules.leaves_out_own_claim),
            not facts.own_duty,
            not facts.accomplice,
        ]
    )


@pytest.mark.parametrize("seed", range(20))
def test_whatever_the_facts_the_reasons_agree_with_the_rule(seed):
    random = Random(seed)
    for facts in (any_facts(random) for _time in range(300)):
        reasons = eligibility(facts)
        assert is_eligible(reasons) is allowed(facts), facts
        assert len({reason.code for reason in reasons}) == len(reasons)
        assert is_eligible(reasons) is not bool(against(reasons))


def test_one_more_thing_against_it_never_helps():
    random, worse = Random(7), {"finding": "not_upheld", "effects": frozenset(), "is_first": False, "accomplice": True}
    for facts, (name, value) in product([any_facts(random) for _time in range(100)], worse.items()):
        assert not is_eligible(eligibility(replace(facts, **{name: value})))


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_reason_has_words_in_both_languages(language):
    random = Random(3)
    with translation.override(language):
        words = {reason.code: str(reason.words) for _time in range(400) for reason in eligibility(any_facts(random))}
    assert len(words) >= 26
    assert all(words.values())
    if language == "zh-hans":
        assert not [code for code, text in words.items() if text.isascii()]
