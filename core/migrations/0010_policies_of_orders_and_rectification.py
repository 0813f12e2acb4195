"""The limits of a supervision order's answer and of rectification, as a new portal begins with them."""

from datetime import date

from django.db import migrations

# step, length, unit
POLICIES = [("supervision", 5, "working_days"), ("rectification", 30, "days")]
BASIS = "湖南省行政效能投诉处理办法"


def enter(apps, schema_editor):
    """Enter one ordinary policy a step, in force from the beginning of the built-in calendar."""
    policy = apps.get_model("core", "DeadlinePolicy")
    for step, length, unit in POLICIES:
        policy.objects.get_or_create(
            step=step,
            case_class="ordinary",
            valid_from=date(2005, 1, 1),
            defaults={"length": length, "unit": unit, "basis": BASIS},
        )


class Migration(migrations.Migration):
    """Enter the policies."""

    dependencies = [("core", "0009_policies_say_more")]
    operations = [migrations.RunPython(enter, migrations.RunPython.noop)]
