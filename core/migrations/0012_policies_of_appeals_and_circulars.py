"""Within how long an agency can appeal against a card, and when a circular is drafted, as a new portal begins with them."""

from datetime import date

from django.db import migrations

# step, length, unit: an appeal from the day of issue; a circular from the first working day late
POLICIES = [("card_appeal", 5, "working_days"), ("circular", 5, "working_days")]
BASIS = "本办公室督办规定（试行）"


def enter(apps, schema_editor):
    """Enter one ordinary policy each, in force from the beginning of the built-in calendar."""
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

    dependencies = [("core", "0011_transparency_log")]
    operations = [migrations.RunPython(enter, migrations.RunPython.noop)]
