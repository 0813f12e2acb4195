"""The limits of a review and of the final one, as a new portal begins with them."""

from datetime import date

from django.db import migrations

BASIS = "信访工作条例"
# step, days
POLICIES = [("review", 30), ("final_review", 30)]


def enter(apps, schema_editor):
    """Enter one ordinary policy a step, in force from the beginning of the built-in calendar."""
    policy = apps.get_model("core", "DeadlinePolicy")
    for step, length in POLICIES:
        policy.objects.get_or_create(
            step=step,
            case_class="ordinary",
            valid_from=date(2005, 1, 1),
            defaults={"length": length, "unit": "days", "basis": BASIS},
        )


class Migration(migrations.Migration):
    """Enter the policies."""

    dependencies = [("core", "0006_files_can_be_erased")]
    operations = [migrations.RunPython(enter, migrations.RunPython.noop)]
