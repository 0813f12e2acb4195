"""Letters are issued from templates, sealed, fetched, read and delivered."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Let letters be issued."""

    dependencies = [
        ("agencies", "0001_initial"),
        ("cases", "0010_reopening_archive_and_quality"),
        ("complaints", "0005_first_retention_policy"),
        ("core", "0010_policies_of_orders_and_rectification"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="letter",
            name="delivered_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="letter",
            name="delivered_by",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="letter",
            name="delivered_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="letter",
            name="discard_reason",
            field=models.CharField(blank=True, db_default="", default="", max_length=200),
        ),
        migrations.AddField(
            model_name="letter",
            name="file",
            field=models.OneToOneField(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.storedfile"
            ),
        ),
        migrations.AddField(
            model_name="letter",
            name="means",
            field=models.CharField(
                blank=True, choices=[("post", "By post"), ("hand", "Handed over")], db_default="", default="", max_length=10
            ),
        ),
        migrations.AddField(
            model_name="letter",
            name="read_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="letter",
            name="version",
            field=models.PositiveIntegerField(db_default=1, default=1),
        ),
        migrations.AlterField(
            model_name="letter",
            name="kind",
            field=models.CharField(
                choices=[
                    ("acceptance", "Notice of acceptance"),
                    ("declining", "Notice of declining"),
                    ("dispatch", "Letter of dispatch"),
                    ("chaser", "Chaser"),
                    ("supervision", "Supervision order"),
                    ("extension", "Notice of extension"),
                    ("reply", "Letter of reply"),
                    ("closing", "Closing report"),
                    ("circular", "Circular of criticism"),
                ],
                max_length=15,
            ),
        ),
        migrations.CreateModel(
            name="LetterSeries",
            fields=[
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("acceptance", "Notice of acceptance"),
                            ("declining", "Notice of declining"),
                            ("dispatch", "Letter of dispatch"),
                            ("chaser", "Chaser"),
                            ("supervision", "Supervision order"),
                            ("extension", "Notice of extension"),
                            ("reply", "Letter of reply"),
                            ("closing", "Closing report"),
                            ("circular", "Circular of criticism"),
                        ],
                        max_length=15,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("prefix", models.CharField(max_length=12)),
                ("changed_at", models.DateTimeField()),
                (
                    "changed_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
            ],
            options={
                "verbose_name_plural": "letter series",
            },
        ),
        migrations.CreateModel(
            name="LetterTemplate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("acceptance", "Notice of acceptance"),
                            ("declining", "Notice of declining"),
                            ("dispatch", "Letter of dispatch"),
                            ("chaser", "Chaser"),
                            ("supervision", "Supervision order"),
                            ("extension", "Notice of extension"),
                            ("reply", "Letter of reply"),
                            ("closing", "Closing report"),
                            ("circular", "Circular of criticism"),
                        ],
                        max_length=15,
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("is_active", models.BooleanField(default=False)),
                ("uploaded_at", models.DateTimeField()),
                (
                    "file",
                    models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.storedfile"),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
            ],
        ),
        migrations.AddField(
            model_name="letter",
            name="template",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.lettertemplate"
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("file__isnull", True), ("issued_at__isnull", True), ("read_at__isnull", True), ("template__isnull", True)
                    ),
                    models.Q(("file__isnull", False), ("issued_at__isnull", False)),
                    _connector="OR",
                ),
                name="letter_issued_is_kept",
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("delivered_at__isnull", True),
                        ("delivered_by__isnull", True),
                        ("delivered_on__isnull", True),
                        ("means", ""),
                    ),
                    models.Q(
                        ("delivered_at__isnull", False),
                        ("delivered_by__isnull", False),
                        ("delivered_on__isnull", False),
                        ("issued_at__isnull", False),
                        models.Q(("means", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="letter_delivered_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("discard_reason", ""), ("discarded_at__isnull", True)),
                    models.Q(("discarded_at__isnull", False), models.Q(("discard_reason", ""), _negated=True)),
                    _connector="OR",
                ),
                name="letter_discarded_has_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="letterseries",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "acceptance",
                            "declining",
                            "dispatch",
                            "chaser",
                            "supervision",
                            "extension",
                            "reply",
                            "closing",
                            "circular",
                        ],
                    )
                ),
                name="letter_series_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="letterseries",
            constraint=models.CheckConstraint(condition=models.Q(("prefix", ""), _negated=True), name="letter_series_has_prefix"),
        ),
        migrations.AddConstraint(
            model_name="lettertemplate",
            constraint=models.UniqueConstraint(fields=("kind", "number"), name="letter_template_version_once"),
        ),
        migrations.AddConstraint(
            model_name="lettertemplate",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_active", True)), fields=("kind",), name="letter_template_one_active"
            ),
        ),
        migrations.AddConstraint(
            model_name="lettertemplate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "acceptance",
                            "declining",
                            "dispatch",
                            "chaser",
                            "supervision",
                            "extension",
                            "reply",
                            "closing",
                            "circular",
                        ],
                    )
                ),
                name="letter_template_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="lettertemplate",
            constraint=models.CheckConstraint(condition=models.Q(("number__gte", 1)), name="letter_template_number_positive"),
        ),
    ]
