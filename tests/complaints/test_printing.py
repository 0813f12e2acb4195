"""Prints come with each complaint; a command makes up for missing ones and goes on after a stop."""

import io

import pytest
from django.core.management import CommandError, call_command

from complaints import actions
from complaints.actions import printing
from complaints.actions.masking_again import mask_again
from complaints.likeness import bands_of
from complaints.models import TextPrint

from .samples import AT, filer, filing

pytestmark = pytest.mark.django_db


def run(**options):
    out = io.StringIO()
    call_command("print_texts", stdout=out, language="en", **options)
    return out.getvalue().strip()


def test_lodging_leaves_a_print_of_the_working_copy():
    complaint = actions.lodge(filing(), at=AT)
    assert complaint.text_print.bands == bands_of(complaint.working_copy)
    assert complaint.text_print.bands != bands_of(filing().narrative)


def test_a_complaint_that_says_nothing_has_an_empty_print():
    assert actions.lodge(filing(narrative="……"), at=AT).text_print.bands == []


def test_missing_prints_are_written_and_the_others_left():
    kept, lost = (actions.lodge(filing(), at=AT) for _ in range(2))
    TextPrint.objects.filter(complaint=lost).delete()
    TextPrint.objects.filter(complaint=kept).update(bands=[1])
    assert run() == "1 print written."
    assert TextPrint.objects.get(complaint=kept).bands == [1]
    assert TextPrint.objects.get(complaint=lost).bands == bands_of(lost.working_copy)


def test_all_prints_are_made_again():
    complaint = actions.lodge(filing(), at=AT)
    TextPrint.objects.update(bands=[1])
    assert run(again=True) == "1 print written."
    assert TextPrint.objects.get().bands == bands_of(complaint.working_copy)


def test_a_stopped_run_goes_on(monkeypatch):
    for _ in range(3):
        actions.lodge(filing(), at=AT)
    TextPrint.objects.all().delete()
    monkeypatch.setattr(printing, "_BATCH", 2)
    assert next(printing.print_all()) == 2  # and no further
    assert run() == "1 print written."


def test_ctrl_c_says_that_the_rest_is_missing(monkeypatch):
    def stop(**_options):
        raise KeyboardInterrupt

    monkeypatch.setattr(printing, "print_all", stop)
    with pytest.raises(CommandError, match="Run it again") as stopped:
        run()
    assert stopped.value.returncode == 130


def test_a_copy_that_is_masked_again_is_printed_again():
    complaint = actions.lodge(filing(narrative="我是示例人甲。示例人乙的店开在东街，窗口三次退回材料，没有书面说明。"), at=AT)
    before = complaint.text_print.bands
    mask_again(complaint, filer(name="示例人乙"))
    assert TextPrint.objects.get().bands == bands_of(complaint.working_copy) != before
