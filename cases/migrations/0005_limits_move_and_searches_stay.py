"""Limits can be extended and stand still; searches are kept under a name."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.functions.comparison
from django.conf import settings
from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations, models


class Migration(migrations.Migration):
    """Add what moves limits, and what the queue keeps."""

    dependencies = [
        ("agencies", "0001_initial"),
        ("cases", "0004_mergers_and_reviews"),
        ("complaints", "0005_first_retention_policy"),
        ("core", "0009_policies_say_more"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        BtreeGistExtension(),
        migrations.CreateModel(
            name="Extension",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("length", models.PositiveSmallIntegerField()),
                ("reason", models.TextField()),
                ("progress", models.TextField()),
                ("asked_at", models.DateTimeField()),
                (
                    "decision",
                    models.CharField(blank=True, choices=[("approved", "Approved"), ("refused", "Refused")], max_length=10),
                ),
                ("decision_note", models.TextField(blank=True)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("old_due_on", models.DateField()),
                ("new_due_on", models.DateField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Gram",
            fields=[
                ("gram", models.CharField(max_length=4, primary_key=True, serialize=False)),
                ("texts", models.PositiveBigIntegerField()),
                ("counted_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="SavedSearch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=40)),
                ("query", models.CharField(max_length=500)),
                ("shared", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "verbose_name_plural": "saved searches",
            },
        ),
        migrations.CreateModel(
            name="Suspension",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            ("expert", "Waiting for an expert's report, a test or an audit"),
                            ("proceedings", "Waiting for a court, an arbitration or a reconsideration"),
                            ("complainant", "Waiting for papers from the complainant"),
                            ("force_majeure", "Force majeure"),
                        ],
                        max_length=15,
                    ),
                ),
                ("basis", models.CharField(max_length=200)),
                ("words", models.TextField()),
                ("from_on", models.DateField()),
                ("until_on", models.DateField(blank=True, null=True)),
                ("started_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.AddField(
            model_name="case",
            name="case_class",
            field=models.CharField(db_default="ordinary", default="ordinary", max_length=20),
        ),
        migrations.AddField(
            model_name="case",
            name="paused_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="deadline",
            name="extended_by",
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="deadline",
            name="paused_for",
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="deadline",
            name="paused_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["received_at", "id"], name="case_by_receipt"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("closed_at__isnull", False)), fields=["closed_at", "id"], name="case_by_closing"
            ),
        ),
        migrations.AddConstraint(
            model_name="deadline",
            constraint=models.CheckConstraint(
                condition=models.Q(("paused_on__isnull", True), ("next_reminder_at__isnull", True), _connector="OR"),
                name="deadline_paused_is_silent",
            ),
        ),
        migrations.AddField(
            model_name="extension",
            name="asked_by",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="extension",
            name="deadline",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="extensions", to="cases.deadline"),
        ),
        migrations.AddField(
            model_name="extension",
            name="decided_by",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="savedsearch",
            name="owner",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="saved_searches", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="suspension",
            name="case",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="suspensions", to="cases.case"),
        ),
        migrations.AddField(
            model_name="suspension",
            name="ended_by",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="suspension",
            name="started_by",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name="extension",
            constraint=models.UniqueConstraint(
                condition=models.Q(("decision", "")), fields=("deadline",), name="extension_one_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="extension",
            constraint=models.CheckConstraint(condition=models.Q(("length__gte", 1)), name="extension_length_positive"),
        ),
        migrations.AddConstraint(
            model_name="extension",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("reason", ""), _negated=True), models.Q(("progress", ""), _negated=True)),
                name="extension_has_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="extension",
            constraint=models.CheckConstraint(
                condition=models.Q(("decided_by", models.F("asked_by")), _negated=True), name="extension_two_people"
            ),
        ),
        migrations.AddConstraint(
            model_name="extension",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decision", "refused"), _negated=True),
                    models.Q(("decision_note", ""), _negated=True),
                    _connector="OR",
                ),
                name="extension_refused_has_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="extension",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("decided_at__isnull", True), ("decided_by__isnull", True), ("decision", ""), ("new_due_on__isnull", True)
                    ),
                    models.Q(
                        ("decided_at__isnull", False),
                        ("decided_by__isnull", False),
                        ("decision", "refused"),
                        ("new_due_on__isnull", True),
                    ),
                    models.Q(
                        ("decided_at__isnull", False),
                        ("decided_by__isnull", False),
                        ("decision", "approved"),
                        ("new_due_on__gte", models.F("old_due_on")),
                    ),
                    _connector="OR",
                ),
                name="extension_decided_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="savedsearch",
            constraint=models.UniqueConstraint(fields=("owner", "name"), name="saved_search_once_a_name"),
        ),
        migrations.AddConstraint(
            model_name="savedsearch",
            constraint=models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="saved_search_has_name"),
        ),
        migrations.AddConstraint(
            model_name="suspension",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("basis", ""), _negated=True), models.Q(("words", ""), _negated=True)),
                name="suspension_has_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="suspension",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", True), ("ended_by__isnull", True), ("until_on__isnull", True)),
                    models.Q(("ended_at__isnull", False), ("ended_by__isnull", False), ("until_on__gte", models.F("from_on"))),
                    _connector="OR",
                ),
                name="suspension_ended_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="suspension",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("case", "="),
                    (
                        models.Func(
                            "from_on",
                            "until_on",
                            function="DATERANGE",
                            output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                        ),
                        "&&",
                    ),
                ],
                name="suspension_never_twice",
            ),
        ),
    ]
