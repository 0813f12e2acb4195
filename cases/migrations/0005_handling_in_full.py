"""Handling in full: extensions, suspensions, returns, orders, cards, records, dispositions, letters, quality, saved searches."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.conf import settings
from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations, models


class Migration(migrations.Migration):
    """Add what handling in full needs."""

    dependencies = [
        ("agencies", "0002_measures"),
        ("cases", "0004_mergers_and_reviews"),
        ("complaints", "0005_first_retention_policy"),
        ("core", "0008_policies_say_more"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        BtreeGistExtension(),
        migrations.CreateModel(
            name="AgencyReturn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.TextField()),
                ("basis", models.CharField(max_length=300)),
                ("returned_at", models.DateTimeField()),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("agreed", "Agreed: another agency or the office deals with it"),
                            ("refused", "Refused: the agency must deal with it"),
                        ],
                        max_length=10,
                    ),
                ),
                ("decision_note", models.TextField(blank=True)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Allegation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("text", models.CharField(max_length=500)),
                (
                    "finding",
                    models.CharField(
                        blank=True,
                        choices=[("upheld", "Upheld"), ("partly_upheld", "Partly upheld"), ("not_upheld", "Not upheld")],
                        max_length=15,
                    ),
                ),
                ("reason", models.TextField(blank=True)),
            ],
        ),
        migrations.CreateModel(
            name="Card",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("colour", models.CharField(choices=[("yellow", "Yellow card"), ("red", "Red card")], max_length=6)),
                ("suggested_at", models.DateTimeField()),
                ("issued_at", models.DateTimeField(blank=True, null=True)),
                ("dismissed_at", models.DateTimeField(blank=True, null=True)),
                ("appeal", models.TextField(blank=True)),
                ("appealed_at", models.DateTimeField(blank=True, null=True)),
                ("kept_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("reason", models.TextField(blank=True)),
            ],
        ),
        migrations.CreateModel(
            name="Chaser",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=[("chaser", "Chaser"), ("circular", "Circular of criticism")], max_length=10)),
                ("text", models.TextField()),
                ("drafted_at", models.DateTimeField()),
                ("issued_at", models.DateTimeField(blank=True, null=True)),
                ("dropped_at", models.DateTimeField(blank=True, null=True)),
                ("dropped_why", models.TextField(blank=True)),
            ],
        ),
        migrations.CreateModel(
            name="Disposition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("against", models.CharField(blank=True, max_length=200)),
                ("text", models.TextField()),
                ("decided_at", models.DateTimeField()),
            ],
        ),
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
            name="HandlingCost",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("what", models.CharField(max_length=200)),
                ("fen", models.PositiveBigIntegerField()),
                ("spent_on", models.DateField()),
                ("entered_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Handover",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("cases", django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None)),
                ("handed_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="InvestigationRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("interview", "Interview"), ("site", "Visit on the spot"), ("files", "Look into files")],
                        max_length=10,
                    ),
                ),
                ("held_on", models.DateField()),
                ("place", models.CharField(blank=True, max_length=200)),
                ("investigators", django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None)),
                ("heard", models.CharField(blank=True, max_length=200)),
                ("text", models.TextField()),
                ("written_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Letter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("accepted", "Notice of acceptance"),
                            ("declined", "Notice of non-acceptance"),
                            ("transfer", "Letter of transfer"),
                            ("chaser", "Chaser notice"),
                            ("order", "Supervision order letter"),
                            ("extension", "Notice of extension"),
                            ("reply", "Letter of reply"),
                            ("closing", "Closing report"),
                        ],
                        max_length=10,
                    ),
                ),
                ("year", models.PositiveSmallIntegerField()),
                ("serial", models.PositiveIntegerField()),
                ("number", models.CharField(max_length=40, unique=True)),
                ("content_sealed", models.BinaryField(null=True)),
                ("names_complainant", models.BooleanField()),
                ("made_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="LetterTemplate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("accepted", "Notice of acceptance"),
                            ("declined", "Notice of non-acceptance"),
                            ("transfer", "Letter of transfer"),
                            ("chaser", "Chaser notice"),
                            ("order", "Supervision order letter"),
                            ("extension", "Notice of extension"),
                            ("reply", "Letter of reply"),
                            ("closing", "Closing report"),
                        ],
                        max_length=10,
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("content", models.BinaryField()),
                ("uploaded_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Nomination",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("words", models.TextField()),
                ("nominated_at", models.DateTimeField()),
                ("chosen_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Note",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField()),
                ("written_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="RecordFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ],
        ),
        migrations.CreateModel(
            name="Rectification",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("task", models.TextField()),
                ("set_at", models.DateTimeField()),
                ("proof", models.TextField(blank=True)),
                ("proved_at", models.DateTimeField(blank=True, null=True)),
                ("sent_back_note", models.TextField(blank=True)),
                ("accepted_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Recusal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=[("declared", "Declared"), ("detected", "Found")], max_length=10)),
                ("reason", models.TextField()),
                ("recused_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Responsibility",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("direct", "Direct responsibility"),
                            ("main_leader", "Main leadership responsibility"),
                            ("important_leader", "Important leadership responsibility"),
                        ],
                        max_length=20,
                    ),
                ),
                ("measure", models.TextField()),
                ("appeal", models.TextField(blank=True)),
                ("appealed_at", models.DateTimeField(blank=True, null=True)),
                ("answer", models.TextField(blank=True)),
                ("lifted", models.BooleanField(default=False)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
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
            name="Score",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("criterion", models.CharField(max_length=20)),
                ("points", models.PositiveSmallIntegerField()),
                ("scored_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="SupervisionOrder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField()),
                ("issued_at", models.DateTimeField()),
                ("reply", models.TextField(blank=True)),
                ("replied_at", models.DateTimeField(blank=True, null=True)),
            ],
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
        migrations.CreateModel(
            name="WrongCaseReview",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.TextField()),
                ("opened_at", models.DateTimeField()),
                (
                    "conclusion",
                    models.CharField(blank=True, choices=[("wrong", "Wrong case"), ("right", "No wrong case")], max_length=10),
                ),
                ("grounds", models.TextField(blank=True)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="assignment",
            name="assignment_once_an_agency",
        ),
        migrations.RemoveConstraint(
            model_name="case",
            name="case_status_known",
        ),
        migrations.RemoveConstraint(
            model_name="case",
            name="case_accepted_has_category",
        ),
        migrations.RemoveConstraint(
            model_name="case",
            name="case_closed_at",
        ),
        migrations.RemoveConstraint(
            model_name="deadline",
            name="deadline_one_open_a_step",
        ),
        migrations.RemoveConstraint(
            model_name="deadline",
            name="deadline_step_known",
        ),
        migrations.RemoveIndex(
            model_name="case",
            name="case_queue",
        ),
        migrations.AddField(
            model_name="assignment",
            name="ended_at",
            field=models.DateTimeField(blank=True, null=True),
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
            name="case_class",
            field=models.CharField(db_default="ordinary", default="ordinary", max_length=20),
        ),
        migrations.AddField(
            model_name="case",
            name="is_problem",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="case",
            name="paused_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="case",
            name="referred_to",
            field=models.CharField(blank=True, db_default="", default="", max_length=200),
        ),
        migrations.AddField(
            model_name="case",
            name="returns",
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="case",
            name="reworks",
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="deadline",
            name="extended_by",
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="deadline",
            name="item",
            field=models.PositiveBigIntegerField(db_default=0, default=0),
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
        migrations.AddField(
            model_name="report",
            name="scan",
            field=models.OneToOneField(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="report", to="core.storedfile"
            ),
        ),
        migrations.AlterField(
            model_name="case",
            name="mode",
            field=models.CharField(
                blank=True,
                choices=[("handle", "Handled by the office"), ("assign", "Assigned"), ("transfer", "Transferred")],
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="case",
            name="status",
            field=models.CharField(
                choices=[
                    ("triage", "Waiting for acceptance"),
                    ("declined", "Declined"),
                    ("withdrawn", "Withdrawn"),
                    ("merged", "Merged into another"),
                    ("accepted", "Accepted"),
                    ("referred", "Referred"),
                    ("returned", "Given back by the agency"),
                    ("dispatched", "Waiting for receipt"),
                    ("received", "With the agency"),
                    ("handling", "Under investigation"),
                    ("reported", "Waiting for approval"),
                    ("approved", "Approved"),
                    ("replied", "Waiting for rating"),
                    ("followed_up", "Followed up"),
                    ("closed", "Closed"),
                    ("archived", "Archived"),
                ],
                default="triage",
                max_length=12,
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(
                    (
                        "status__in",
                        [
                            "triage",
                            "accepted",
                            "returned",
                            "dispatched",
                            "received",
                            "handling",
                            "reported",
                            "approved",
                            "replied",
                            "followed_up",
                        ],
                    )
                ),
                fields=["due_at", "id"],
                name="case_queue",
            ),
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
            model_name="assignment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)), fields=("case", "agency"), name="assignment_once_an_agency"
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
                        models.Q(("opinion", ""), _negated=True), ("opinion_at__isnull", False), ("opinion_by__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="assignment_opinion_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "status__in",
                        [
                            "triage",
                            "declined",
                            "withdrawn",
                            "merged",
                            "accepted",
                            "referred",
                            "returned",
                            "dispatched",
                            "received",
                            "handling",
                            "reported",
                            "approved",
                            "replied",
                            "followed_up",
                            "closed",
                            "archived",
                        ],
                    )
                ),
                name="case_status_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status__in", ["triage", "declined", "withdrawn", "merged", "referred", "archived"]),
                    ("category__gte", 1),
                    models.Q(("imported", True), ("status", "closed")),
                    _connector="OR",
                ),
                name="case_accepted_has_category",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("closed_at__isnull", False),
                        ("status__in", ["declined", "withdrawn", "merged", "referred", "closed", "archived"]),
                    ),
                    models.Q(
                        models.Q(
                            ("status__in", ["declined", "withdrawn", "merged", "referred", "closed", "archived"]), _negated=True
                        ),
                        ("closed_at__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="case_closed_at",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "referred"), _negated=True), models.Q(("referred_to", ""), _negated=True), _connector="OR"
                ),
                name="case_referred_somewhere",
            ),
        ),
        migrations.AddConstraint(
            model_name="deadline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "step__in",
                        [
                            "accept",
                            "receive",
                            "finish",
                            "feedback",
                            "follow_up",
                            "review",
                            "final_review",
                            "supervision",
                            "rectification",
                        ],
                    )
                ),
                name="deadline_step_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="deadline",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed_at__isnull", True)), fields=("case", "step", "item"), name="deadline_one_open_a_step"
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
            name="returned_by",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="allegation",
            name="case",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="allegations", to="cases.case"),
        ),
        migrations.AddField(
            model_name="card",
            name="agency",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="cards", to="agencies.agency"
            ),
        ),
        migrations.AddField(
            model_name="card",
            name="appealed_by",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="card",
            name="case",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="cards", to="cases.case"),
        ),
        migrations.AddField(
            model_name="card",
            name="deadline",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="cards", to="cases.deadline"),
        ),
        migrations.AddField(
            model_name="card",
            name="dismissed_by",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="card",
            name="issued_by",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="card",
            name="kept_by",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="card",
            name="withdrawn_by",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="chaser",
            name="agency",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency"
            ),
        ),
        migrations.AddField(
            model_name="chaser",
            name="case",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="chasers", to="cases.case"),
        ),
        migrations.AddField(
            model_name="chaser",
            name="deadline",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="chasers", to="cases.deadline"),
        ),
        migrations.AddField(
            model_name="chaser",
            name="dropped_by",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="chaser",
            name="issued_by",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="disposition",
            name="agency",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="dispositions",
                to="agencies.agency",
            ),
        ),
        migrations.AddField(
            model_name="disposition",
            name="allegation",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="dispositions",
                to="cases.allegation",
            ),
        ),
        migrations.AddField(
            model_name="disposition",
            name="case",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="dispositions", to="cases.case"),
        ),
        migrations.AddField(
            model_name="disposition",
            name="clause",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.measureclause"),
        ),
        migrations.AddField(
            model_name="disposition",
            name="decided_by",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
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
            model_name="handlingcost",
            name="case",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="costs", to="cases.case"),
        ),
        migrations.AddField(
            model_name="handlingcost",
            name="entered_by",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="handover",
            name="from_user",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="handover",
            name="handed_by",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="handover",
            name="to_user",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="investigationrecord",
            name="case",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="records", to="cases.case"),
        ),
        migrations.AddField(
            model_name="investigationrecord",
            name="written_by",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="letter",
            name="case",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="letters", to="cases.case"),
        ),
        migrations.AddField(
            model_name="letter",
            name="made_by",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="lettertemplate",
            name="uploaded_by",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="nomination",
            name="case",
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="nomination", to="cases.case"),
        ),
        migrations.AddField(
            model_name="nomination",
            name="chosen_by",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="nomination",
            name="nominated_by",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="note",
            name="case",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="notes", to="cases.case"),
        ),
        migrations.AddField(
            model_name="note",
            name="written_by",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="recordfile",
            name="file",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="record_file", to="core.storedfile"
            ),
        ),
        migrations.AddField(
            model_name="recordfile",
            name="record",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="files", to="cases.investigationrecord"
            ),
        ),
        migrations.AddField(
            model_name="rectification",
            name="accepted_by",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="rectification",
            name="agency",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="rectifications", to="agencies.agency"
            ),
        ),
        migrations.AddField(
            model_name="rectification",
            name="case",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="rectifications", to="cases.case"),
        ),
        migrations.AddField(
            model_name="rectification",
            name="proof_file",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="rectification",
                to="core.storedfile",
            ),
        ),
        migrations.AddField(
            model_name="rectification",
            name="proved_by",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="rectification",
            name="set_by",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="recusal",
            name="case",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="recusals", to="cases.case"),
        ),
        migrations.AddField(
            model_name="recusal",
            name="recused_by",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="recusal",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="recusals", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="responsibility",
            name="answered_by",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="responsibility",
            name="user",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="savedsearch",
            name="owner",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="saved_searches", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="score",
            name="nomination",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="scores", to="cases.nomination"),
        ),
        migrations.AddField(
            model_name="score",
            name="scored_by",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="supervisionorder",
            name="agency",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency"),
        ),
        migrations.AddField(
            model_name="supervisionorder",
            name="case",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="orders", to="cases.case"),
        ),
        migrations.AddField(
            model_name="supervisionorder",
            name="issued_by",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="supervisionorder",
            name="replied_by",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
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
        migrations.AddField(
            model_name="wrongcasereview",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="wrong_case_reviews", to="cases.case"
            ),
        ),
        migrations.AddField(
            model_name="wrongcasereview",
            name="decided_by",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="wrongcasereview",
            name="opened_by",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="responsibility",
            name="review",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="responsibilities", to="cases.wrongcasereview"
            ),
        ),
        migrations.AddConstraint(
            model_name="agencyreturn",
            constraint=models.UniqueConstraint(
                condition=models.Q(("decision", "")), fields=("assignment",), name="agency_return_one_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="agencyreturn",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("reason", ""), _negated=True), models.Q(("basis", ""), _negated=True)),
                name="agency_return_has_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="agencyreturn",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at__isnull", True), ("decided_by__isnull", True), ("decision", "")),
                    models.Q(
                        ("decided_at__isnull", False), ("decided_by__isnull", False), ("decision__in", ["agreed", "refused"])
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
                    models.Q(("decision", "refused"), _negated=True),
                    models.Q(("decision_note", ""), _negated=True),
                    _connector="OR",
                ),
                name="agency_return_refused_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="allegation",
            constraint=models.UniqueConstraint(fields=("case", "position"), name="allegation_once_a_position"),
        ),
        migrations.AddConstraint(
            model_name="allegation",
            constraint=models.CheckConstraint(
                condition=models.Q(("finding", ""), models.Q(("reason", ""), _negated=True), _connector="OR"),
                name="allegation_found_why",
            ),
        ),
        migrations.AddIndex(
            model_name="card",
            index=models.Index(
                condition=models.Q(("issued_at__isnull", False)), fields=["agency", "-issued_at"], name="card_by_agency"
            ),
        ),
        migrations.AddIndex(
            model_name="card",
            index=models.Index(
                condition=models.Q(("dismissed_at__isnull", True), ("issued_at__isnull", True)),
                fields=["suggested_at"],
                name="card_waiting",
            ),
        ),
        migrations.AddConstraint(
            model_name="card",
            constraint=models.UniqueConstraint(fields=("deadline", "colour"), name="card_once_a_limit"),
        ),
        migrations.AddConstraint(
            model_name="card",
            constraint=models.CheckConstraint(condition=models.Q(("colour__in", ["yellow", "red"])), name="card_colour_known"),
        ),
        migrations.AddConstraint(
            model_name="card",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("issued_at__isnull", True), ("issued_by__isnull", True)),
                    models.Q(("issued_at__isnull", False), ("issued_by__isnull", False)),
                    _connector="OR",
                ),
                name="card_issued_pair",
            ),
        ),
        migrations.AddConstraint(
            model_name="card",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("dismissed_at__isnull", True), ("dismissed_by__isnull", True)),
                    models.Q(("dismissed_at__isnull", False), ("dismissed_by__isnull", False)),
                    _connector="OR",
                ),
                name="card_dismissed_pair",
            ),
        ),
        migrations.AddConstraint(
            model_name="card",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kept_at__isnull", True), ("kept_by__isnull", True)),
                    models.Q(("kept_at__isnull", False), ("kept_by__isnull", False)),
                    _connector="OR",
                ),
                name="card_kept_pair",
            ),
        ),
        migrations.AddConstraint(
            model_name="card",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("withdrawn_at__isnull", True), ("withdrawn_by__isnull", True)),
                    models.Q(("withdrawn_at__isnull", False), ("withdrawn_by__isnull", False)),
                    _connector="OR",
                ),
                name="card_withdrawn_pair",
            ),
        ),
        migrations.AddConstraint(
            model_name="card",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("appeal", ""), ("appealed_at__isnull", True), ("appealed_by__isnull", True)),
                    models.Q(
                        models.Q(("appeal", ""), _negated=True),
                        ("appealed_at__isnull", False),
                        ("appealed_by__isnull", False),
                        ("issued_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="card_appealed_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="card",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("dismissed_at__isnull", True),
                    models.Q(("issued_at__isnull", True), models.Q(("reason", ""), _negated=True)),
                    _connector="OR",
                ),
                name="card_dismissed_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="card",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("withdrawn_at__isnull", True),
                    models.Q(("issued_at__isnull", False), models.Q(("reason", ""), _negated=True)),
                    _connector="OR",
                ),
                name="card_withdrawn_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="card",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kept_at__isnull", True),
                    models.Q(("appealed_at__isnull", False), models.Q(("reason", ""), _negated=True)),
                    _connector="OR",
                ),
                name="card_kept_why",
            ),
        ),
        migrations.AddIndex(
            model_name="chaser",
            index=models.Index(
                condition=models.Q(("dropped_at__isnull", True), ("issued_at__isnull", True)),
                fields=["drafted_at"],
                name="chaser_waiting",
            ),
        ),
        migrations.AddConstraint(
            model_name="chaser",
            constraint=models.UniqueConstraint(fields=("deadline", "kind"), name="chaser_once_a_limit"),
        ),
        migrations.AddConstraint(
            model_name="chaser",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("issued_at__isnull", True), ("issued_by__isnull", True)),
                    models.Q(("issued_at__isnull", False), ("issued_by__isnull", False)),
                    _connector="OR",
                ),
                name="chaser_issued_pair",
            ),
        ),
        migrations.AddConstraint(
            model_name="chaser",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("dropped_at__isnull", True), ("dropped_by__isnull", True)),
                    models.Q(("dropped_at__isnull", False), ("dropped_by__isnull", False)),
                    _connector="OR",
                ),
                name="chaser_dropped_pair",
            ),
        ),
        migrations.AddConstraint(
            model_name="chaser",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("dropped_at__isnull", True),
                    models.Q(("issued_at__isnull", True), models.Q(("dropped_why", ""), _negated=True)),
                    _connector="OR",
                ),
                name="chaser_dropped_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="disposition",
            constraint=models.CheckConstraint(
                condition=models.Q(("agency__isnull", False), models.Q(("against", ""), _negated=True), _connector="OR"),
                name="disposition_against_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="disposition",
            constraint=models.CheckConstraint(condition=models.Q(("text", ""), _negated=True), name="disposition_not_empty"),
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
            model_name="handlingcost",
            constraint=models.CheckConstraint(condition=models.Q(("fen__gte", 1)), name="cost_positive"),
        ),
        migrations.AddConstraint(
            model_name="handover",
            constraint=models.CheckConstraint(
                condition=models.Q(("from_user", models.F("to_user")), _negated=True), name="handover_to_another"
            ),
        ),
        migrations.AddConstraint(
            model_name="investigationrecord",
            constraint=models.CheckConstraint(condition=models.Q(("investigators__len__gte", 2)), name="record_two_people"),
        ),
        migrations.AddConstraint(
            model_name="investigationrecord",
            constraint=models.CheckConstraint(condition=models.Q(("text", ""), _negated=True), name="record_not_empty"),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.UniqueConstraint(fields=("kind", "year", "serial"), name="letter_serial_once"),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["accepted", "declined", "transfer", "chaser", "order", "extension", "reply", "closing"])
                ),
                name="letter_kind_known",
            ),
        ),
        migrations.AddIndex(
            model_name="lettertemplate",
            index=models.Index(fields=["kind", "-id"], name="letter_template_newest"),
        ),
        migrations.AddConstraint(
            model_name="nomination",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("chosen_at__isnull", True), ("chosen_by__isnull", True)),
                    models.Q(("chosen_at__isnull", False), ("chosen_by__isnull", False)),
                    _connector="OR",
                ),
                name="nomination_chosen_pair",
            ),
        ),
        migrations.AddConstraint(
            model_name="note",
            constraint=models.CheckConstraint(condition=models.Q(("text", ""), _negated=True), name="note_not_empty"),
        ),
        migrations.AddIndex(
            model_name="rectification",
            index=models.Index(fields=["agency", "-id"], name="rectification_by_agency"),
        ),
        migrations.AddConstraint(
            model_name="rectification",
            constraint=models.CheckConstraint(condition=models.Q(("task", ""), _negated=True), name="rectification_has_task"),
        ),
        migrations.AddConstraint(
            model_name="rectification",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("proof", ""), ("proved_at__isnull", True), ("proved_by__isnull", True)),
                    models.Q(models.Q(("proof", ""), _negated=True), ("proved_at__isnull", False), ("proved_by__isnull", False)),
                    _connector="OR",
                ),
                name="rectification_proof_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="rectification",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("accepted_at__isnull", True), ("accepted_by__isnull", True)),
                    models.Q(("accepted_at__isnull", False), ("accepted_by__isnull", False)),
                    _connector="OR",
                ),
                name="rectification_accepted_pair",
            ),
        ),
        migrations.AddConstraint(
            model_name="rectification",
            constraint=models.CheckConstraint(
                condition=models.Q(("accepted_at__isnull", True), ("proved_at__isnull", False), _connector="OR"),
                name="rectification_accepted_has_proof",
            ),
        ),
        migrations.AddConstraint(
            model_name="recusal",
            constraint=models.UniqueConstraint(fields=("case", "user"), name="recusal_once_a_person"),
        ),
        migrations.AddConstraint(
            model_name="recusal",
            constraint=models.CheckConstraint(condition=models.Q(("reason", ""), _negated=True), name="recusal_has_reason"),
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
            model_name="score",
            constraint=models.UniqueConstraint(fields=("nomination", "criterion", "scored_by"), name="score_once_a_person"),
        ),
        migrations.AddConstraint(
            model_name="score",
            constraint=models.CheckConstraint(condition=models.Q(("points__lte", 100)), name="score_within_hundred"),
        ),
        migrations.AddIndex(
            model_name="supervisionorder",
            index=models.Index(fields=["agency", "-id"], name="order_by_agency"),
        ),
        migrations.AddConstraint(
            model_name="supervisionorder",
            constraint=models.CheckConstraint(condition=models.Q(("text", ""), _negated=True), name="order_has_text"),
        ),
        migrations.AddConstraint(
            model_name="supervisionorder",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("replied_at__isnull", True), ("replied_by__isnull", True), ("reply", "")),
                    models.Q(
                        models.Q(("reply", ""), _negated=True), ("replied_at__isnull", False), ("replied_by__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="order_reply_whole",
            ),
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
        migrations.AddConstraint(
            model_name="wrongcasereview",
            constraint=models.UniqueConstraint(
                condition=models.Q(("conclusion", "")), fields=("case",), name="wrong_case_one_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="wrongcasereview",
            constraint=models.CheckConstraint(condition=models.Q(("reason", ""), _negated=True), name="wrong_case_has_reason"),
        ),
        migrations.AddConstraint(
            model_name="wrongcasereview",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("conclusion", ""), ("decided_at__isnull", True), ("decided_by__isnull", True), ("grounds", "")),
                    models.Q(
                        ("conclusion__in", ["wrong", "right"]),
                        ("decided_at__isnull", False),
                        ("decided_by__isnull", False),
                        models.Q(("grounds", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="wrong_case_decided_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="responsibility",
            constraint=models.UniqueConstraint(fields=("review", "user"), name="responsibility_once_a_person"),
        ),
        migrations.AddConstraint(
            model_name="responsibility",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("appeal", ""), ("appealed_at__isnull", True)),
                    models.Q(models.Q(("appeal", ""), _negated=True), ("appealed_at__isnull", False)),
                    _connector="OR",
                ),
                name="responsibility_appeal_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="responsibility",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answered_at__isnull", True), ("answered_by__isnull", True)),
                    models.Q(("answered_at__isnull", False), ("answered_by__isnull", False)),
                    _connector="OR",
                ),
                name="responsibility_answered_pair",
            ),
        ),
        migrations.AddConstraint(
            model_name="responsibility",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer", ""), ("answered_at__isnull", True), ("lifted", False)),
                    models.Q(
                        ("answered_at__isnull", False), ("appealed_at__isnull", False), models.Q(("answer", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="responsibility_answer_whole",
            ),
        ),
    ]
