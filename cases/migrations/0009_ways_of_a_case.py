"""Agencies give cases back, several deal with one under a lead, and a report may carry the reply it proposes."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Add what is given back, and tell the lead from those who help it."""

    dependencies = [
        ("agencies", "0001_initial"),
        ("cases", "0008_further_ways_and_letters"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AgencyReturn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.TextField()),
                ("basis", models.CharField(max_length=300)),
                ("asked_at", models.DateTimeField()),
                (
                    "decision",
                    models.CharField(blank=True, choices=[("accepted", "Accepted"), ("refused", "Refused")], max_length=10),
                ),
                ("note", models.TextField(blank=True)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="assignment",
            name="assignment_once_an_agency",
        ),
        migrations.AddField(
            model_name="assignment",
            name="ended_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="assignment",
            name="is_final",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="assignment",
            name="is_lead",
            field=models.BooleanField(db_default=True, default=True),
        ),
        migrations.AddField(
            model_name="assignment",
            name="opinion",
            field=models.TextField(blank=True, db_default="", default=""),
        ),
        migrations.AddField(
            model_name="assignment",
            name="opinion_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="assignment",
            name="opinion_by",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="case",
            name="kept_because",
            field=models.TextField(blank=True, db_default="", default=""),
        ),
        migrations.AddField(
            model_name="report",
            name="reply",
            field=models.TextField(blank=True, db_default="", default=""),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                fields=("case", "agency"),
                name="assignment_current_once_an_agency",
            ),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True), ("is_lead", True)), fields=("case",), name="assignment_one_lead"
            ),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("opinion", ""), ("opinion_at__isnull", True), ("opinion_by__isnull", True)),
                    models.Q(
                        models.Q(("opinion", ""), _negated=True),
                        ("is_lead", False),
                        ("opinion_at__isnull", False),
                        ("opinion_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="assignment_opinion_whole",
            ),
        ),
        migrations.AddField(
            model_name="agencyreturn",
            name="asked_by",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="agencyreturn",
            name="assignment",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="returns", to="cases.assignment"),
        ),
        migrations.AddField(
            model_name="agencyreturn",
            name="decided_by",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="agencyreturn",
            name="proposed",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency"
            ),
        ),
        migrations.AddConstraint(
            model_name="agencyreturn",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("reason", ""), _negated=True), models.Q(("basis", ""), _negated=True)),
                name="agency_return_has_basis",
            ),
        ),
        migrations.AddConstraint(
            model_name="agencyreturn",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at__isnull", True), ("decided_by__isnull", True), ("decision", "")),
                    models.Q(
                        models.Q(("decision", ""), _negated=True), ("decided_at__isnull", False), ("decided_by__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="agency_return_decided_pair",
            ),
        ),
        migrations.AddConstraint(
            model_name="agencyreturn",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decision", "refused"), _negated=True), models.Q(("note", ""), _negated=True), _connector="OR"
                ),
                name="agency_return_refused_has_note",
            ),
        ),
        migrations.AddConstraint(
            model_name="agencyreturn",
            constraint=models.UniqueConstraint(
                condition=models.Q(("decision", "")), fields=("assignment",), name="agency_return_one_open"
            ),
        ),
    ]
