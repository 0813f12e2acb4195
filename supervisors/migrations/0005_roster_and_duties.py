"""Recruitment, terms, what is noted of supervisors, and their duties; terms leave the roster's own row."""

import re
import secrets
import uuid

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.comparison
from django.conf import settings
from django.db import migrations, models

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def move_terms(apps, schema_editor):
    """Make each supervisor's columns a first term, and let certificates be counted on from the highest number of each year."""
    Supervisor = apps.get_model("supervisors", "Supervisor")
    Term = apps.get_model("supervisors", "Term")
    highest = {}
    for row in Supervisor.objects.order_by("pk"):
        Term.objects.create(
            supervisor=row,
            since=row.term_since,
            until=row.term_until,
            certificate_number=row.certificate_number,
            code="".join(secrets.choice(ALPHABET) for _place in range(16)),
        )
        if found := re.search(r"〔(\d{4})〕\s*(\d+)", row.certificate_number):
            year, number = int(found[1]), int(found[2])
            highest[year] = max(number, highest.get(year, 0))
    Counter = apps.get_model("core", "Counter")
    for year, number in highest.items():
        Counter.objects.update_or_create(scope="certificates", year=year, defaults={"value": number})


class Migration(migrations.Migration):
    """Add the tables, move the terms into one of them, drop the columns."""

    dependencies = [
        ("agencies", "0001_initial"),
        ("supervisors", "0004_payouts"),
        ("cases", "0005_limits_move_and_searches_stay"),  # brings btree_gist
        ("core", "0009_policies_say_more"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Appraisal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField()),
                (
                    "grade",
                    models.CharField(
                        choices=[("good", "Competent"), ("fair", "Basically competent"), ("poor", "Not competent")], max_length=5
                    ),
                ),
                (
                    "proposal",
                    models.CharField(
                        choices=[("keep", "Let the term go on"), ("renew", "Renew"), ("dismiss", "Dismiss")], max_length=7
                    ),
                ),
                ("note", models.CharField(max_length=1000)),
                ("made_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Call",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("volunteer", "Volunteer supervisor"), ("full_time", "Full-time supervisor")], max_length=10
                    ),
                ),
                ("title", models.CharField(max_length=100)),
                ("text", models.TextField(max_length=4000)),
                ("places", models.PositiveSmallIntegerField()),
                ("years", models.PositiveSmallIntegerField()),
                ("opens_on", models.DateField()),
                ("closes_on", models.DateField()),
                ("made_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Candidacy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("self", "The person, online"),
                            ("agency", "An agency or township"),
                            ("office", "Noted by the office"),
                        ],
                        max_length=10,
                    ),
                ),
                ("full_name", models.CharField(max_length=60)),
                (
                    "background",
                    models.CharField(
                        choices=[
                            ("agency", "Agency or township"),
                            ("peoples_congress", "Deputy to the people's congress"),
                            ("cppcc", "Member of the political consultative conference"),
                            ("retired", "Retired official"),
                            ("community", "Resident of a community"),
                        ],
                        max_length=20,
                    ),
                ),
                ("phone_sealed", models.BinaryField(null=True)),
                ("phone_index", models.BinaryField(max_length=32)),
                ("statement", models.CharField(max_length=1000)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("nominated", "Nominated"),
                            ("checked", "Checked"),
                            ("approved", "Approved"),
                            ("published", "Under public notice"),
                            ("appointed", "Appointed"),
                            ("declined", "Not taken"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="nominated",
                        max_length=10,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("nominated_at", models.DateTimeField()),
                ("checked_at", models.DateTimeField(blank=True, null=True)),
                ("check_note", models.CharField(blank=True, max_length=500)),
                ("approved_at", models.DateTimeField(blank=True, null=True)),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                ("notice_until", models.DateField(blank=True, null=True)),
                ("appointed_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("end_reason", models.CharField(blank=True, max_length=500)),
            ],
            options={
                "verbose_name_plural": "candidacies",
            },
        ),
        migrations.CreateModel(
            name="DutyLog",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("patrol", "Looking round offices"),
                            ("desk", "On duty at the office"),
                            ("visit", "Visiting people or enterprises"),
                            ("meeting", "Meeting or training"),
                            ("other", "Something else"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "hours",
                    models.DecimalField(
                        decimal_places=1,
                        max_digits=3,
                        validators=[django.core.validators.MinValueValidator(0.5), django.core.validators.MaxValueValidator(24)],
                    ),
                ),
                ("place", models.CharField(max_length=100)),
                ("what", models.CharField(max_length=1000)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting for confirmation"),
                            ("confirmed", "Confirmed"),
                            ("refused", "Not confirmed"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("entered_at", models.DateTimeField()),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                ("refused_at", models.DateTimeField(blank=True, null=True)),
                ("refusal_reason", models.CharField(blank=True, max_length=500)),
            ],
        ),
        migrations.CreateModel(
            name="Interest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "relation",
                    models.CharField(
                        choices=[
                            ("works", "I work or worked there"),
                            ("family", "A close relative works there"),
                            ("business", "I have business with it"),
                            ("dispute", "I have a dispute with it"),
                        ],
                        max_length=10,
                    ),
                ),
                ("declared_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="InterestsConfirmed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField()),
                ("confirmed_at", models.DateTimeField()),
            ],
            options={
                "verbose_name_plural": "interests confirmed",
            },
        ),
        migrations.CreateModel(
            name="Objection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("words", models.CharField(max_length=1000)),
                ("noted_at", models.DateTimeField()),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                ("is_founded", models.BooleanField(null=True)),
                ("settlement", models.CharField(blank=True, max_length=1000)),
            ],
        ),
        migrations.CreateModel(
            name="Quota",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("volunteer", "Volunteer supervisor"), ("full_time", "Full-time supervisor")], max_length=10
                    ),
                ),
                (
                    "what",
                    models.CharField(
                        choices=[("tips", "Tips"), ("inspections", "Inspections"), ("duty_days", "Duty days")], max_length=12
                    ),
                ),
                ("period", models.CharField(choices=[("month", "month"), ("quarter", "quarter")], max_length=8)),
                ("amount", models.PositiveSmallIntegerField()),
                ("valid_from", models.DateField()),
                ("basis", models.CharField(max_length=200)),
                ("set_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Suspension",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.CharField(max_length=500)),
                ("from_on", models.DateField()),
                ("until_on", models.DateField(blank=True, null=True)),
                ("made_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Task",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=[("task", "Task"), ("inspection", "Inspection")], max_length=10)),
                ("title", models.CharField(max_length=100)),
                ("text", models.CharField(blank=True, max_length=2000)),
                ("due_on", models.DateField()),
                ("set_at", models.DateTimeField()),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                ("done_note", models.CharField(blank=True, max_length=1000)),
            ],
        ),
        migrations.CreateModel(
            name="Term",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.DateField()),
                ("until", models.DateField()),
                ("certificate_number", models.CharField(max_length=40, unique=True)),
                ("code", models.CharField(max_length=24, unique=True)),
                ("granted_at", models.DateTimeField(blank=True, null=True)),
                ("ended_on", models.DateField(blank=True, null=True)),
                (
                    "exit",
                    models.CharField(blank=True, choices=[("resigned", "Resigned"), ("dismissed", "Dismissed")], max_length=10),
                ),
                ("exit_reason", models.CharField(blank=True, max_length=500)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("is_void", models.BooleanField(default=False)),
                ("collected_on", models.DateField(blank=True, null=True)),
                ("reminded_days", models.PositiveSmallIntegerField(blank=True, null=True)),
            ],
        ),
        migrations.AddField(
            model_name="appraisal",
            name="made_by",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="appraisal",
            name="supervisor",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="appraisals", to="supervisors.supervisor"
            ),
        ),
        migrations.AddField(
            model_name="call",
            name="made_by",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="candidacy",
            name="appointed_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="candidacy",
            name="approved_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="candidacy",
            name="call",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="candidacies", to="supervisors.call"
            ),
        ),
        migrations.AddField(
            model_name="candidacy",
            name="checked_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="candidacy",
            name="ended_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="candidacy",
            name="home_agency",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency"
            ),
        ),
        migrations.AddField(
            model_name="candidacy",
            name="nominated_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="candidacy",
            name="published_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="dutylog",
            name="confirmed_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="dutylog",
            name="refused_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="dutylog",
            name="supervisor",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="duty_logs", to="supervisors.supervisor"
            ),
        ),
        migrations.AddField(
            model_name="interest",
            name="agency",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency"),
        ),
        migrations.AddField(
            model_name="interest",
            name="supervisor",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="interests", to="supervisors.supervisor"
            ),
        ),
        migrations.AddField(
            model_name="interestsconfirmed",
            name="supervisor",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="confirmations", to="supervisors.supervisor"
            ),
        ),
        migrations.AddField(
            model_name="objection",
            name="candidacy",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="objections", to="supervisors.candidacy"
            ),
        ),
        migrations.AddField(
            model_name="objection",
            name="noted_by",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="objection",
            name="settled_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="quota",
            name="set_by",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="suspension",
            name="ended_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="suspension",
            name="made_by",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="suspension",
            name="supervisor",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="suspensions", to="supervisors.supervisor"
            ),
        ),
        migrations.AddField(
            model_name="task",
            name="set_by",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="task",
            name="supervisor",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="tasks", to="supervisors.supervisor"
            ),
        ),
        migrations.AddField(
            model_name="term",
            name="candidacy",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="term",
                to="supervisors.candidacy",
            ),
        ),
        migrations.AddField(
            model_name="term",
            name="ended_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="term",
            name="granted_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="term",
            name="supervisor",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="terms", to="supervisors.supervisor"
            ),
        ),
        migrations.AddConstraint(
            model_name="appraisal",
            constraint=models.UniqueConstraint(fields=("supervisor", "year"), name="appraisal_once_a_year"),
        ),
        migrations.AddConstraint(
            model_name="appraisal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("proposal", "renew"), _negated=True), models.Q(("grade", "poor"), _negated=True), _connector="OR"
                ),
                name="appraisal_poor_is_not_renewed",
            ),
        ),
        migrations.AddIndex(
            model_name="call",
            index=models.Index(fields=["closes_on"], name="call_closes_on"),
        ),
        migrations.AddConstraint(
            model_name="call",
            constraint=models.CheckConstraint(
                condition=models.Q(("closes_on__gte", models.F("opens_on"))), name="call_closes_after_opening"
            ),
        ),
        migrations.AddConstraint(
            model_name="call",
            constraint=models.CheckConstraint(
                condition=models.Q(("years__in", [1, 2, 5]), ("places__gte", 1)), name="call_years_and_places"
            ),
        ),
        migrations.AddIndex(
            model_name="candidacy",
            index=models.Index(fields=["call", "-id"], name="candidacy_by_call"),
        ),
        migrations.AddIndex(
            model_name="candidacy",
            index=models.Index(condition=models.Q(("status", "published")), fields=["notice_until"], name="candidacy_published"),
        ),
        migrations.AddConstraint(
            model_name="candidacy",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status__in", ["nominated", "checked", "approved", "published"])),
                fields=("call", "phone_index"),
                name="candidacy_once_a_call",
            ),
        ),
        migrations.AddConstraint(
            model_name="candidacy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("background", "agency"), ("home_agency__isnull", False)),
                    models.Q(models.Q(("background", "agency"), _negated=True), ("home_agency__isnull", True)),
                    _connector="OR",
                ),
                name="candidacy_from_agency",
            ),
        ),
        migrations.AddConstraint(
            model_name="candidacy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("nominated_at__isnull", False),
                    models.Q(
                        models.Q(("nominated_by__isnull", True), ("source", "self")),
                        models.Q(models.Q(("source", "self"), _negated=True), ("nominated_by__isnull", False)),
                        _connector="OR",
                    ),
                ),
                name="candidacy_nominated_by",
            ),
        ),
        migrations.AddConstraint(
            model_name="candidacy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("checked_at__isnull", True), ("checked_by__isnull", True)),
                    models.Q(
                        ("checked_at__isnull", False), ("checked_by__isnull", False), models.Q(("check_note", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="candidacy_checked_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="candidacy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("approved_at__isnull", True), ("approved_by__isnull", True)),
                    models.Q(
                        ("approved_at__isnull", False),
                        ("approved_by__isnull", False),
                        ("checked_by__isnull", False),
                        models.Q(("approved_by", models.F("checked_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="candidacy_approved_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="candidacy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("notice_until__isnull", True), ("published_at__isnull", True), ("published_by__isnull", True)),
                    models.Q(
                        ("approved_at__isnull", False),
                        ("notice_until__isnull", False),
                        ("published_at__isnull", False),
                        ("published_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="candidacy_published_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="candidacy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("appointed_at__isnull", True), ("appointed_by__isnull", True)),
                    models.Q(
                        ("appointed_at__isnull", False),
                        ("appointed_by__isnull", False),
                        ("published_at__isnull", False),
                        ("status", "appointed"),
                    ),
                    _connector="OR",
                ),
                name="candidacy_appointed_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="candidacy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("end_reason", ""), ("ended_at__isnull", True), ("ended_by__isnull", True)),
                    models.Q(
                        ("ended_at__isnull", False),
                        ("ended_by__isnull", False),
                        ("status__in", ["declined", "withdrawn"]),
                        models.Q(("end_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="candidacy_ended_whole",
            ),
        ),
        migrations.AddIndex(
            model_name="dutylog",
            index=models.Index(condition=models.Q(("state", "waiting")), fields=["id"], name="duty_waiting"),
        ),
        migrations.AddIndex(
            model_name="dutylog",
            index=models.Index(fields=["supervisor", "-day"], name="duty_by_supervisor"),
        ),
        migrations.AddConstraint(
            model_name="dutylog",
            constraint=models.UniqueConstraint(fields=("supervisor", "day", "kind"), name="duty_once_a_day_and_kind"),
        ),
        migrations.AddConstraint(
            model_name="dutylog",
            constraint=models.CheckConstraint(
                condition=models.Q(("hours__gt", 0), ("hours__lte", 24)), name="duty_hours_of_a_day"
            ),
        ),
        migrations.AddConstraint(
            model_name="dutylog",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("confirmed_at__isnull", False), ("confirmed_by__isnull", False), ("state", "confirmed")),
                    models.Q(
                        models.Q(("state", "confirmed"), _negated=True),
                        ("confirmed_at__isnull", True),
                        ("confirmed_by__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="duty_confirmed_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="dutylog",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("refused_at__isnull", False),
                        ("refused_by__isnull", False),
                        ("state", "refused"),
                        models.Q(("refusal_reason", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(("state", "refused"), _negated=True),
                        ("refusal_reason", ""),
                        ("refused_at__isnull", True),
                        ("refused_by__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="duty_refused_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="interest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)), fields=("supervisor", "agency", "relation"), name="interest_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="interestsconfirmed",
            constraint=models.UniqueConstraint(fields=("supervisor", "year"), name="interests_confirmed_once_a_year"),
        ),
        migrations.AddConstraint(
            model_name="objection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("is_founded__isnull", True),
                        ("settled_at__isnull", True),
                        ("settled_by__isnull", True),
                        ("settlement", ""),
                    ),
                    models.Q(
                        ("is_founded__isnull", False),
                        ("settled_at__isnull", False),
                        ("settled_by__isnull", False),
                        models.Q(("settlement", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="objection_settled_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="quota",
            constraint=models.UniqueConstraint(fields=("kind", "what", "valid_from"), name="quota_once_a_day"),
        ),
        migrations.AddConstraint(
            model_name="suspension",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)), fields=("supervisor",), name="supervisor_suspended_once"
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
                name="supervisor_suspension_ended_whole",
            ),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(condition=models.Q(("done_at__isnull", True)), fields=["supervisor", "due_on"], name="task_open"),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.CheckConstraint(
                condition=models.Q(("done_at__isnull", False), ("done_note", ""), _connector="OR"), name="task_note_when_done"
            ),
        ),
        migrations.AddIndex(
            model_name="term",
            index=models.Index(fields=["until"], name="term_until"),
        ),
        migrations.AddConstraint(
            model_name="term",
            constraint=models.CheckConstraint(condition=models.Q(("until__gt", models.F("since"))), name="term_ends_after_start"),
        ),
        migrations.AddConstraint(
            model_name="term",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("granted_at__isnull", True), ("granted_by__isnull", True)),
                    models.Q(("granted_at__isnull", False), ("granted_by__isnull", False)),
                    _connector="OR",
                ),
                name="term_granted_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="term",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("ended_at__isnull", True),
                        ("ended_by__isnull", True),
                        ("ended_on__isnull", True),
                        ("exit", ""),
                        ("exit_reason", ""),
                    ),
                    models.Q(
                        ("ended_at__isnull", False),
                        ("ended_by__isnull", False),
                        ("ended_on__gte", models.F("since")),
                        ("ended_on__lte", models.F("until")),
                        ("exit__in", ["resigned", "dismissed"]),
                        models.Q(("exit_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="term_ended_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="term",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_void", False), ("ended_on", models.F("since")), _connector="OR"),
                name="term_void_is_ended",
            ),
        ),
        migrations.AddConstraint(
            model_name="term",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("is_void", False)),
                expressions=[
                    ("supervisor", "="),
                    (
                        models.Func(
                            models.F("since"),
                            django.db.models.functions.comparison.Coalesce(models.F("ended_on"), models.F("until")),
                            models.Value("[]"),
                            function="DATERANGE",
                            output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                        ),
                        "&&",
                    ),
                ],
                name="term_never_two_at_once",
            ),
        ),
        migrations.RunPython(move_terms, migrations.RunPython.noop),
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.RemoveConstraint(
            model_name="supervisor",
            name="supervisor_term_ends_after_start",
        ),
        migrations.RemoveField(
            model_name="supervisor",
            name="certificate_number",
        ),
        migrations.RemoveField(
            model_name="supervisor",
            name="term_since",
        ),
        migrations.RemoveField(
            model_name="supervisor",
            name="term_until",
        ),
    ]
