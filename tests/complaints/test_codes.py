"""Query codes, resume codes, numbers: derived, typed in many ways, compared safely."""

import uuid

import pytest

from complaints import codes
from complaints.models import Complaint, Draft

ONE = uuid.UUID("11111111-1111-4111-8111-111111111111")


def test_query_code_follows_from_the_row_and_its_version():
    first, again, next_version = (Complaint(public_id=ONE, code_version=version) for version in (1, 1, 2))
    assert codes.query_code(first) == codes.query_code(again) != codes.query_code(next_version)


def test_query_code_changes_with_the_key(settings):
    before = codes.query_code(Complaint(public_id=ONE))
    settings.VAULT_INDEX_KEY = "YW5vdGhlci1rZXktb2YtdGhlLXRlc3RzLTMyLWJ5dGU="
    assert codes.query_code(Complaint(public_id=ONE)) != before


def test_codes_use_no_letter_that_is_taken_for_another():
    shown = "".join(codes.query_code(Complaint(public_id=uuid.uuid4())) for _ in range(50))
    assert set(shown) - set(codes.ALPHABET) == {"-"}
    assert not set("01OILU") & set(codes.ALPHABET)


@pytest.mark.parametrize(
    "spell", [str.lower, lambda code: code.replace("-", " "), lambda code: f" {code} ", lambda code: code[:4] + "－" + code[5:]]
)
def test_query_code_opens_in_any_spelling(spell):
    complaint = Complaint(public_id=ONE)
    assert codes.opens(complaint, spell(codes.query_code(complaint)))


@pytest.mark.parametrize("typed", ["", "2222-2222", "\x00", "🙂", "é" * 8])
def test_wrong_code_opens_nothing(typed):
    assert not codes.opens(Complaint(public_id=ONE), typed)


def test_no_code_opens_what_does_not_exist():
    nobody = codes.derived(f"{codes.NOBODY}:0", kind="query-code")
    assert not codes.opens(None, nobody)


def test_resume_index_finds_the_draft_in_any_spelling():
    code = codes.resume_code(Draft())
    assert codes.resume_index(code) == codes.resume_index(code.lower().replace("-", ""))


@pytest.mark.parametrize("typed", ["2026-0417", "２０２６－０４１７", "20260417", " 2026 0417", "2026–0417"])
def test_number_is_found_however_it_is_typed(typed):
    assert codes.plain_number(typed) == "2026-0417"


def test_phone_codes_have_six_digits():
    assert all(len(code) == 6 and code.isdecimal() for code in (codes.phone_code() for _ in range(50)))
