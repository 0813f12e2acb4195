"""Every entry of the beat schedule names a task that exists and gives it the arguments it takes; tasks take keywords only."""

import inspect
from typing import Any

import pytest
from celery import Celery, Task
from django.conf import settings

from efficiency_portal.celery import app

from .source import ROOMS


@pytest.fixture(scope="module")
def tasks() -> dict[str, Task]:
    app.loader.import_default_modules()
    return dict(app.tasks)


def wrong_entries(schedule: dict[str, dict[str, Any]], tasks: dict[str, Task]) -> list[str]:
    """Entries that would fail when the clock strikes."""
    return [f"{name}: {fault}" for name, entry in schedule.items() if (fault := _fault(entry, tasks))]


def _fault(entry: dict[str, Any], tasks: dict[str, Task]) -> str:
    if entry["task"] not in tasks:
        return f"no task {entry['task']}"
    try:
        inspect.signature(tasks[entry["task"]].run).bind(*entry.get("args", ()), **entry.get("kwargs", {}))
    except TypeError as error:
        return str(error)
    return ""


def positional(task: Task) -> list[str]:
    kinds = {inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.VAR_POSITIONAL}
    return [name for name, parameter in inspect.signature(task.run).parameters.items() if parameter.kind in kinds]


def test_every_beat_entry_resolves_and_binds(tasks):
    assert settings.CELERY_BEAT_SCHEDULE
    assert wrong_entries(settings.CELERY_BEAT_SCHEDULE, tasks) == []


def test_tasks_of_the_rooms_take_keywords_only(tasks):
    ours = {name: task for name, task in tasks.items() if name.split(".")[0] in ROOMS}
    assert ours
    assert {name: positional(task) for name, task in ours.items() if positional(task)} == {}


@pytest.fixture
def made_up() -> dict[str, Task]:
    def deliver(*, notice_id): ...

    def old_style(notice_id): ...

    private = Celery("made-up", set_as_current=False)
    register = {"lazy": False, "shared": False}  # seen by nobody else
    return {one.__name__: private.task(one, name=one.__name__, **register) for one in (deliver, old_style)}  # type: ignore[call-overload]


@pytest.mark.parametrize(
    ("entry", "sound"),
    [
        ({"task": "deliver", "kwargs": {"notice_id": 1}}, True),
        ({"task": "deliver"}, False),
        ({"task": "deliver", "kwargs": {"other": 1}}, False),
        ({"task": "deliver", "args": (1,)}, False),
        ({"task": "gone"}, False),
    ],
)
def test_a_wrong_beat_entry_is_found(entry, sound, made_up):
    assert (wrong_entries({"entry": entry}, made_up) == []) is sound


def test_a_positional_task_is_found(made_up):
    assert positional(made_up["old_style"]) == ["notice_id"]
    assert positional(made_up["deliver"]) == []
