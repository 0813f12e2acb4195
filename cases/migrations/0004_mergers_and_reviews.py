"""Cases merge into others and can come back; replies are reviewed when a complainant asks."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Add mergers and reviews."""

    dependencies = [
        ("agencies", "0001_initial"),
        ("cases", "0003_unmasking_by_two_people"),
        ("complaints", "0004_identity_in_full_and_keeping"),
        ("core", "0006_files_can_be_erased"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Review",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "outcome",
                    models.CharField(
                        blank=True, choices=[("kept", "The reply stands"), ("changed", "The reply is changed")], max_length=10
                    ),
                ),
                ("answer", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
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
        migrations.RemoveConstraint(
            model_name="unmasking",
            name="unmasking_column_known",
        ),
        migrations.AddField(
            model_name="case",
            name="merged_into",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="merged", to="cases.case"
            ),
        ),
        migrations.AddField(
            model_name="casecomplaint",
            name="came_from",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="given_away", to="cases.case"
            ),
        ),
        migrations.AlterField(
            model_name="case",
            name="complaints",
            field=models.ManyToManyField(
                related_name="cases",
                through="cases.CaseComplaint",
                through_fields=("case", "complaint"),
                to="complaints.complaint",
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
                    ("dispatched", "Waiting for receipt"),
                    ("received", "With the agency"),
                    ("handling", "Under investigation"),
                    ("reported", "Waiting for approval"),
                    ("approved", "Approved"),
                    ("replied", "Waiting for rating"),
                    ("followed_up", "Followed up"),
                    ("closed", "Closed"),
                ],
                default="triage",
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="unmasking",
            name="column",
            field=models.CharField(
                choices=[
                    ("name", "Name"),
                    ("organisation", "Company or organisation"),
                    ("address", "Address"),
                    ("id_number", "ID number"),
                ],
                max_length=12,
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
                            "dispatched",
                            "received",
                            "handling",
                            "reported",
                            "approved",
                            "replied",
                            "followed_up",
                            "closed",
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
                    ("status__in", ["triage", "declined", "withdrawn", "merged"]),
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
                    models.Q(("closed_at__isnull", False), ("status__in", ["declined", "withdrawn", "merged", "closed"])),
                    models.Q(
                        models.Q(("status__in", ["declined", "withdrawn", "merged", "closed"]), _negated=True),
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
                    models.Q(("merged_into__isnull", False), ("status", "merged")),
                    models.Q(models.Q(("status", "merged"), _negated=True), ("merged_into__isnull", True)),
                    _connector="OR",
                ),
                name="case_merged_into_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="deadline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("step__in", ["accept", "receive", "finish", "feedback", "follow_up", "review", "final_review"])
                ),
                name="deadline_step_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="unmasking",
            constraint=models.CheckConstraint(
                condition=models.Q(("column__in", ["name", "organisation", "address", "id_number"])),
                name="unmasking_column_known",
            ),
        ),
        migrations.AddField(
            model_name="review",
            name="answered_by",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="review",
            name="case",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="reviews", to="cases.case"),
        ),
        migrations.AddField(
            model_name="review",
            name="request",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="review", to="complaints.reviewrequest"
            ),
        ),
        migrations.AddIndex(
            model_name="review",
            index=models.Index(fields=["case", "id"], name="review_by_case"),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer", ""), ("answered_at__isnull", True), ("answered_by__isnull", True), ("outcome", "")),
                    models.Q(
                        ("answered_at__isnull", False),
                        ("answered_by__isnull", False),
                        ("outcome__in", ["kept", "changed"]),
                        models.Q(("answer", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="review_answered_whole",
            ),
        ),
    ]
