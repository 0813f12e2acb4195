"""The limits of a supervision order's reply and of a rectification, as a new portal begins with them."""

from datetime import date

from django.db import migrations

BASIS = "本办公室办理时限规定（试行）"
# step, length, unit
POLICIES = [("supervision", 5, "working_days"), ("rectification", 30, "days")]


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

    dependencies = [("core", "0008_policies_say_more")]
    operations = [migrations.RunPython(enter, migrations.RunPython.noop)]
