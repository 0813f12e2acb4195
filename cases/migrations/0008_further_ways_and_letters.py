"""Cases may be referred, returned, transferred and archived; letters are kept with them."""

import datetime

import django.db.models.deletion
import django.db.models.functions.comparison
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Let cases go further ways."""

    dependencies = [
        ("agencies", "0001_initial"),
        ("cases", "0007_merge_disclosed_each"),
        ("complaints", "0005_first_retention_policy"),
        ("core", "0010_policies_of_orders_and_rectification"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Letter",
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
                            ("reply", "Reply"),
                            ("closing", "Closing report"),
                            ("circular", "Circular of criticism"),
                        ],
                        max_length=15,
                    ),
                ),
                ("cause", models.CharField(max_length=60)),
                ("words", models.JSONField(blank=True, default=dict)),
                ("created_at", models.DateTimeField()),
                ("issued_at", models.DateTimeField(blank=True, null=True)),
                ("number", models.CharField(blank=True, max_length=40)),
                ("discarded_at", models.DateTimeField(blank=True, null=True)),
            ],
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
            name="deadline_step_known",
        ),
        migrations.RemoveIndex(
            model_name="case",
            name="case_queue",
        ),
        migrations.RemoveIndex(
            model_name="case",
            name="case_queue_whole",
        ),
        migrations.RemoveIndex(
            model_name="case",
            name="case_open_by_handler",
        ),
        migrations.AddField(
            model_name="case",
            name="archive_number",
            field=models.CharField(blank=True, db_default="", default="", max_length=40),
        ),
        migrations.AddField(
            model_name="case",
            name="archived_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="case",
            name="archived_by",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="case",
            name="problem_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="case",
            name="refer_reason",
            field=models.TextField(blank=True, db_default="", default=""),
        ),
        migrations.AddField(
            model_name="case",
            name="referred_to",
            field=models.CharField(
                blank=True,
                choices=[
                    ("discipline", "Commission for discipline inspection and supervision"),
                    ("organisation", "Organisation department"),
                    ("police", "Police"),
                ],
                db_default="",
                default="",
                max_length=15,
            ),
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
                    ("referred", "Referred"),
                    ("withdrawn", "Withdrawn"),
                    ("merged", "Merged into another"),
                    ("accepted", "Accepted"),
                    ("dispatched", "Waiting for receipt"),
                    ("received", "With the agency"),
                    ("returned", "Returned by the agency"),
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
                            "dispatched",
                            "received",
                            "returned",
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
            index=models.Index(
                django.db.models.functions.comparison.Coalesce(
                    "due_at", models.Value(datetime.datetime(9999, 12, 31, 0, 0, tzinfo=datetime.UTC))
                ),
                models.F("id"),
                condition=models.Q(
                    (
                        "status__in",
                        [
                            "triage",
                            "accepted",
                            "dispatched",
                            "received",
                            "returned",
                            "handling",
                            "reported",
                            "approved",
                            "replied",
                            "followed_up",
                        ],
                    )
                ),
                name="case_queue_whole",
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
                            "dispatched",
                            "received",
                            "returned",
                            "handling",
                            "reported",
                            "approved",
                            "replied",
                            "followed_up",
                        ],
                    )
                ),
                fields=["handler", "due_at"],
                name="case_open_by_handler",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("problem_at__isnull", False)), fields=["problem_at", "id"], name="case_problems"
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
                            "referred",
                            "withdrawn",
                            "merged",
                            "accepted",
                            "dispatched",
                            "received",
                            "returned",
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
                    ("status__in", ["triage", "declined", "referred", "withdrawn", "merged"]),
                    ("category__gte", 1),
                    models.Q(("imported", True), ("status__in", ["closed", "archived"])),
                    _connector="OR",
                ),
                name="case_accepted_has_category",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "referred"), _negated=True),
                    models.Q(models.Q(("referred_to", ""), _negated=True), models.Q(("refer_reason", ""), _negated=True)),
                    _connector="OR",
                ),
                name="case_referred_has_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("archived_at__isnull", False),
                        ("archived_by__isnull", False),
                        ("status", "archived"),
                        models.Q(("archive_number", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(("status", "archived"), _negated=True),
                        ("archive_number", ""),
                        ("archived_at__isnull", True),
                        ("archived_by__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="case_archived_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.UniqueConstraint(
                condition=models.Q(("archive_number", ""), _negated=True),
                fields=("archive_number",),
                name="case_archive_number_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("closed_at__isnull", False),
                        ("status__in", ["declined", "referred", "withdrawn", "merged", "closed", "archived"]),
                    ),
                    models.Q(
                        models.Q(
                            ("status__in", ["declined", "referred", "withdrawn", "merged", "closed", "archived"]), _negated=True
                        ),
                        ("closed_at__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="case_closed_at",
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
        migrations.AddField(
            model_name="letter",
            name="agency",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="letters", to="agencies.agency"
            ),
        ),
        migrations.AddField(
            model_name="letter",
            name="author",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="letter",
            name="case",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="letters", to="cases.case"),
        ),
        migrations.AddField(
            model_name="letter",
            name="complaint",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="complaints.complaint"
            ),
        ),
        migrations.AddField(
            model_name="letter",
            name="discarded_by",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="letter",
            name="issued_by",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddIndex(
            model_name="letter",
            index=models.Index(fields=["case", "id"], name="letter_by_case"),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.UniqueConstraint(fields=("case", "kind", "cause"), name="letter_once_a_cause"),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.UniqueConstraint(
                condition=models.Q(("number", ""), _negated=True), fields=("number",), name="letter_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("agency__isnull", True),
                        ("complaint__isnull", False),
                        ("kind__in", ["acceptance", "declining", "extension", "reply"]),
                    ),
                    models.Q(
                        ("agency__isnull", False),
                        ("complaint__isnull", True),
                        ("kind__in", ["dispatch", "chaser", "supervision", "circular"]),
                    ),
                    models.Q(("agency__isnull", True), ("complaint__isnull", True), ("kind", "closing")),
                    _connector="OR",
                ),
                name="letter_has_its_addressee",
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("issued_at__isnull", True), ("issued_by__isnull", True), ("number", "")),
                    models.Q(
                        ("discarded_at__isnull", True),
                        ("issued_at__isnull", False),
                        ("issued_by__isnull", False),
                        models.Q(("number", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="letter_issued_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("discarded_at__isnull", True), ("discarded_by__isnull", True)),
                    models.Q(("discarded_at__isnull", False), ("discarded_by__isnull", False)),
                    _connector="OR",
                ),
                name="letter_discarded_pair",
            ),
        ),
    ]
