"""The deadline policies a new portal begins with. Administrators change them by adding dated rows, never by code."""

from datetime import date

from django.db import migrations

PROVINCE = "湖南省行政效能投诉处理办法"
OFFICE = "本办公室办理时限规定（试行）"
# step, length, unit, legal basis
POLICIES = [
    ("accept", 3, "working_days", PROVINCE),
    ("receive", 1, "working_days", OFFICE),
    ("finish", 30, "days", PROVINCE),
    ("feedback", 5, "working_days", OFFICE),
    ("follow_up", 10, "working_days", OFFICE),
]


def enter(apps, schema_editor):
    """Enter one ordinary policy a step, in force from the beginning of the built-in calendar."""
    policy = apps.get_model("core", "DeadlinePolicy")
    for step, length, unit, basis in POLICIES:
        policy.objects.get_or_create(
            step=step,
            case_class="ordinary",
            valid_from=date(2005, 1, 1),
            defaults={"length": length, "unit": unit, "basis": basis},
        )


class Migration(migrations.Migration):
    """Enter the policies."""

    dependencies = [("core", "0002_event_log_is_append_only")]
    operations = [migrations.RunPython(enter, migrations.RunPython.noop)]
