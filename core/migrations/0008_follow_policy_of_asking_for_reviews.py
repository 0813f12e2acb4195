"""Within how long a review can be asked for, as a new portal begins with it."""

from datetime import date

from django.db import migrations

BASIS = "信访工作条例"


def enter(apps, schema_editor):
    """Enter the ordinary policy, in force from the beginning of the built-in calendar."""
    apps.get_model("core", "DeadlinePolicy").objects.get_or_create(
        step="ask_review",
        case_class="ordinary",
        valid_from=date(2005, 1, 1),
        defaults={"length": 30, "unit": "days", "basis": BASIS},
    )


class Migration(migrations.Migration):
    """Enter the policy."""

    dependencies = [("core", "0007_policies_of_reviews")]
    operations = [migrations.RunPython(enter, migrations.RunPython.noop)]
