"""How long the vault remembers, as a new portal begins with it. Administrators change it by adding a dated row, never by code."""

from datetime import date

from django.db import migrations

YEARS = 5
BASIS = "本办公室个人信息保存期限规定（试行）"


def enter(apps, schema_editor):
    """Enter the policy, in force from the beginning of the built-in calendar."""
    policy = apps.get_model("complaints", "RetentionPolicy")
    policy.objects.get_or_create(valid_from=date(2005, 1, 1), defaults={"years": YEARS, "basis": BASIS})


class Migration(migrations.Migration):
    """Enter the policy."""

    dependencies = [("complaints", "0004_identity_in_full_and_keeping")]
    operations = [migrations.RunPython(enter, migrations.RunPython.noop)]
