"""A report carries its stamped scan, and posts and officers hand on their open matters with a list."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Add scans, those that wait for a report to be whole, and handovers with their lines."""

    dependencies = [
        ("agencies", "0001_initial"),
        ("cases", "0015_kinds_and_policy_beside_the_case"),
        ("core", "0011_transparency_log"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="report",
            name="scan",
            field=models.OneToOneField(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="report", to="core.storedfile"
            ),
        ),
        migrations.CreateModel(
            name="Handover",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("principal", "Principal"),
                            ("leader_in_charge", "Leader in charge"),
                            ("liaison_officer", "Liaison officer"),
                        ],
                        max_length=20,
                    ),
                ),
                ("handed_at", models.DateTimeField()),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "agency",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="handovers",
                        to="agencies.agency",
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "handed_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "handed_from",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "handed_to",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
            ],
        ),
        migrations.CreateModel(
            name="HandoverLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "status",
                    models.CharField(
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
                        max_length=12,
                    ),
                ),
                ("part", models.CharField(blank=True, max_length=10)),
                ("due_on", models.DateField(blank=True, null=True)),
                ("unread", models.PositiveSmallIntegerField(default=0, verbose_name="unread notices")),
                (
                    "assignment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.assignment",
                    ),
                ),
                ("case", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case")),
                (
                    "handover",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="cases.handover"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="HeldScan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("held_at", models.DateTimeField()),
                (
                    "assignment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="held_scans", to="cases.assignment"
                    ),
                ),
                (
                    "file",
                    models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="core.storedfile"),
                ),
                (
                    "held_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="handover",
            index=models.Index(fields=["agency", "-id"], name="handover_by_agency"),
        ),
        migrations.AddIndex(
            model_name="handover",
            index=models.Index(
                condition=models.Q(("confirmed_at__isnull", True)), fields=["handed_to"], name="handover_to_confirm"
            ),
        ),
        migrations.AddConstraint(
            model_name="handover",
            constraint=models.CheckConstraint(
                condition=models.Q(("handed_from", models.F("handed_to")), _negated=True), name="handover_two_people"
            ),
        ),
        migrations.AddConstraint(
            model_name="handover",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("agency__isnull", True), ("kind", "")),
                    models.Q(("agency__isnull", False), models.Q(("kind", ""), _negated=True)),
                    _connector="OR",
                ),
                name="handover_of_a_post",
            ),
        ),
        migrations.AddConstraint(
            model_name="handover",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("confirmed_at__isnull", True), ("confirmed_by__isnull", True)),
                    models.Q(("confirmed_at__isnull", False), ("confirmed_by", models.F("handed_to"))),
                    _connector="OR",
                ),
                name="handover_confirmed_by_successor",
            ),
        ),
        migrations.AddConstraint(
            model_name="handoverline",
            constraint=models.UniqueConstraint(fields=("handover", "case"), name="handover_line_once"),
        ),
        migrations.AddIndex(
            model_name="heldscan",
            index=models.Index(fields=["held_at"], name="held_scan_by_age"),
        ),
        migrations.AddConstraint(
            model_name="heldscan",
            constraint=models.UniqueConstraint(fields=("assignment", "held_by"), name="held_scan_once"),
        ),
    ]
