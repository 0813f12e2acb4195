"""Files whose time is over lose everything but size, kind and fingerprint."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Let files be erased."""

    dependencies = [
        ("core", "0005_event_log_cannot_be_emptied"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="storedfile",
            name="file_scanned_at",
        ),
        migrations.AlterField(
            model_name="storedfile",
            name="cleaned",
            field=models.CharField(blank=True, max_length=80, null=True, unique=True),
        ),
        migrations.AlterField(
            model_name="storedfile",
            name="name_sealed",
            field=models.BinaryField(null=True),
        ),
        migrations.AlterField(
            model_name="storedfile",
            name="original",
            field=models.CharField(blank=True, max_length=80, null=True, unique=True),
        ),
        migrations.AlterField(
            model_name="storedfile",
            name="state",
            field=models.CharField(
                choices=[
                    ("unscanned", "not scanned"),
                    ("waiting", "being checked for viruses"),
                    ("clean", "checked for viruses"),
                    ("infected", "harmful, locked"),
                    ("erased", "deleted, its time was over"),
                ],
                db_default="unscanned",
                default="unscanned",
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="storedfile",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("scanned_at__isnull", True), ("state__in", ["unscanned", "waiting"])),
                    models.Q(("scanned_at__isnull", False), ("state__in", ["clean", "infected"])),
                    ("state", "erased"),
                    _connector="OR",
                ),
                name="file_scanned_at",
            ),
        ),
        migrations.AddConstraint(
            model_name="storedfile",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("cleaned__isnull", True),
                        ("name_sealed__isnull", True),
                        ("original__isnull", True),
                        ("preview", ""),
                        ("state", "erased"),
                    ),
                    models.Q(
                        models.Q(("state", "erased"), _negated=True),
                        ("cleaned__isnull", False),
                        ("name_sealed__isnull", False),
                        ("original__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="file_erased_whole",
            ),
        ),
    ]
