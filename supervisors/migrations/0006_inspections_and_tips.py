"""Inspections, what they find, and tips; the first checklists; and two people at least on every inspection."""

import uuid
from datetime import UTC, datetime

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# theme: (what may be seen, the behaviour that it is)
THEMES = {
    "窗口作风": [
        ("空岗脱岗", "6a"),
        ("迟到早退", "6a"),
        ("上班玩手机、打游戏", "6e"),
        ("态度生硬、言语不当", "3b"),
        ("未挂工作牌、未公开岗位", "3e"),
        ("让群众久等无人理会", "3d"),
    ],
    "收费公示": [
        ("收费标准未公示", "2a"),
        ("公示与实收不符", "2f"),
        ("收费不给票据", "2f"),
        ("搭车收费、指定服务", "2e"),
    ],
    "一次性告知": [
        ("未一次性告知所需材料", "3d"),
        ("无书面告知单", "4c"),
        ("反复退件", "3f"),
        ("窗口之间推诿", "4a"),
    ],
    "工作纪律": [
        ("工作日饮酒", "6e"),
        ("上班时间办私事", "6c"),
        ("无故缺勤", "6a"),
        ("值班无人在岗", "1a"),
    ],
}


def enter(apps, schema_editor):
    """Enter the themes with the first version of each checklist."""
    Theme = apps.get_model("supervisors", "Theme")
    Checklist = apps.get_model("supervisors", "Checklist")
    ChecklistPoint = apps.get_model("supervisors", "ChecklistPoint")
    for name, points in THEMES.items():
        written = Checklist.objects.create(
            theme=Theme.objects.create(name=name), version=1, written_at=datetime(2026, 1, 1, tzinfo=UTC)
        )
        ChecklistPoint.objects.bulk_create(
            ChecklistPoint(checklist=written, position=place, text=text, behaviour=behaviour)
            for place, (text, behaviour) in enumerate(points, 1)
        )


# Whatever writes: when a transaction ends, at least two people are on each inspection that it touched.
TWO_PEOPLE = """
CREATE FUNCTION supervisors_inspection_two_people() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    checked uuid := CASE WHEN TG_TABLE_NAME = 'supervisors_inspection' THEN (to_jsonb(NEW) ->> 'id')::uuid
                         ELSE (to_jsonb(OLD) ->> 'inspection_id')::uuid END;
BEGIN
    IF EXISTS (SELECT 1 FROM supervisors_inspection WHERE id = checked)
       AND (SELECT count(*) FROM supervisors_inspectionmember WHERE inspection_id = checked) < 2 THEN
        RAISE EXCEPTION 'An inspection needs two people.'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'inspection_two_people';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER supervisors_inspection_two_people AFTER INSERT ON supervisors_inspection
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION supervisors_inspection_two_people();
CREATE CONSTRAINT TRIGGER supervisors_member_two_people AFTER DELETE OR UPDATE ON supervisors_inspectionmember
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION supervisors_inspection_two_people();
"""
ONE_IS_ENOUGH = """
DROP TRIGGER supervisors_member_two_people ON supervisors_inspectionmember;
DROP TRIGGER supervisors_inspection_two_people ON supervisors_inspection;
DROP FUNCTION supervisors_inspection_two_people();
"""


class Migration(migrations.Migration):
    """Make the tables, fill the first checklists, watch over the numbers."""

    dependencies = [
        ("agencies", "0002_measures_and_their_clauses"),
        ("complaints", "0006_earlier_ratings"),
        ("core", "0012_policies_of_appeals_and_circulars"),
        ("supervisors", "0005_roster_and_duties"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Theme",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=40, unique=True)),
                ("is_active", models.BooleanField(default=True)),
            ],
        ),
        migrations.CreateModel(
            name="Checklist",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveSmallIntegerField()),
                ("written_at", models.DateTimeField()),
                (
                    "written_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "theme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="checklists", to="supervisors.theme"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ChecklistPoint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("text", models.CharField(max_length=40)),
                ("behaviour", models.CharField(max_length=3)),
                (
                    "checklist",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="points", to="supervisors.checklist"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Inspection",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("manner", models.CharField(choices=[("open", "Open inspection"), ("covert", "Covert visit")], max_length=6)),
                (
                    "state",
                    models.CharField(
                        choices=[("planned", "Planned"), ("done", "Done"), ("cancelled", "Called off")],
                        default="planned",
                        max_length=9,
                    ),
                ),
                ("place", models.CharField(blank=True, max_length=120)),
                ("note", models.CharField(blank=True, max_length=500)),
                ("first_on", models.DateField()),
                ("last_on", models.DateField()),
                ("ordered_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("cancel_reason", models.CharField(blank=True, max_length=200)),
                ("agencies", models.ManyToManyField(related_name="+", to="agencies.agency")),
                (
                    "checklist",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="inspections", to="supervisors.checklist"
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "ordered_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
            ],
        ),
        migrations.CreateModel(
            name="FieldRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.UUIDField(unique=True)),
                ("place", models.CharField(max_length=120)),
                ("seen_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("clean", "No problem found"),
                            ("open", "To be put right"),
                            ("corrected", "Put right on the spot"),
                            ("resolved", "Found in order later"),
                            ("persists", "Still there later"),
                        ],
                        max_length=9,
                    ),
                ),
                ("category", models.PositiveSmallIntegerField(default=0)),
                (
                    "behaviours",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=3), blank=True, default=list, size=None
                    ),
                ),
                (
                    "severity",
                    models.CharField(
                        blank=True, choices=[("minor", "Minor"), ("ordinary", "Ordinary"), ("serious", "Serious")], max_length=8
                    ),
                ),
                ("words", models.TextField(blank=True)),
                ("latitude", models.DecimalField(blank=True, decimal_places=3, max_digits=6, null=True)),
                ("longitude", models.DecimalField(blank=True, decimal_places=3, max_digits=6, null=True)),
                ("to_case", models.BooleanField(default=False)),
                (
                    "agency",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency"),
                ),
                (
                    "complaint",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="field_record",
                        to="complaints.complaint",
                    ),
                ),
                (
                    "earlier",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="later",
                        to="supervisors.fieldrecord",
                    ),
                ),
                ("points", models.ManyToManyField(related_name="+", to="supervisors.checklistpoint")),
                (
                    "recorded_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "inspection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="records", to="supervisors.inspection"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="InspectionMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "inspection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="members", to="supervisors.inspection"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="inspections", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RecordPicture",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "file",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="record_picture", to="core.storedfile"
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="pictures", to="supervisors.fieldrecord"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Tip",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.UUIDField(unique=True)),
                ("given_at", models.DateTimeField()),
                (
                    "complaint",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="tip", to="complaints.complaint"
                    ),
                ),
                (
                    "supervisor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="tips", to="supervisors.supervisor"
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="checklistpoint",
            constraint=models.UniqueConstraint(fields=("checklist", "position"), name="checklist_point_once"),
        ),
        migrations.AddConstraint(
            model_name="checklistpoint",
            constraint=models.CheckConstraint(
                condition=models.Q(("behaviour__regex", "^[1-7][a-h]$")), name="checklist_point_behaviour"
            ),
        ),
        migrations.AddIndex(
            model_name="inspection",
            index=models.Index(fields=["-first_on", "id"], name="inspection_by_day"),
        ),
        migrations.AddConstraint(
            model_name="inspection",
            constraint=models.CheckConstraint(
                condition=models.Q(("manner__in", ["open", "covert"])), name="inspection_manner_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="inspection",
            constraint=models.CheckConstraint(
                condition=models.Q(("last_on__gte", models.F("first_on"))), name="inspection_ends_after_start"
            ),
        ),
        migrations.AddConstraint(
            model_name="inspection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("cancel_reason", ""), ("ended_at__isnull", True), ("ended_by__isnull", True), ("state", "planned")),
                    models.Q(("cancel_reason", ""), ("ended_at__isnull", False), ("ended_by__isnull", False), ("state", "done")),
                    models.Q(
                        ("ended_at__isnull", False),
                        ("ended_by__isnull", False),
                        ("state", "cancelled"),
                        models.Q(("cancel_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="inspection_ended_whole",
            ),
        ),
        migrations.AddIndex(
            model_name="fieldrecord",
            index=models.Index(condition=models.Q(("state", "open")), fields=["agency", "-id"], name="field_record_open"),
        ),
        migrations.AddIndex(
            model_name="fieldrecord",
            index=models.Index(fields=["recorded_by", "-id"], name="field_record_by_person"),
        ),
        migrations.AddConstraint(
            model_name="fieldrecord",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("behaviours", []),
                        ("category", 0),
                        ("complaint__isnull", True),
                        ("severity", ""),
                        ("state", "clean"),
                        ("to_case", False),
                    ),
                    models.Q(
                        ("category__gte", 1),
                        ("category__lte", 7),
                        ("state__in", ["open", "corrected", "resolved", "persists"]),
                        ("severity__in", ["minor", "ordinary", "serious"]),
                        models.Q(("words", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="field_record_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="fieldrecord",
            constraint=models.CheckConstraint(
                condition=models.Q(("recorded_by__isnull", False), ("seen_at__lte", models.F("recorded_at"))),
                name="field_record_seen",
            ),
        ),
        migrations.AddConstraint(
            model_name="fieldrecord",
            constraint=models.CheckConstraint(
                condition=models.Q(("complaint__isnull", True), ("to_case", True), _connector="OR"),
                name="field_record_case_asked",
            ),
        ),
        migrations.AddConstraint(
            model_name="fieldrecord",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("latitude__isnull", True), ("longitude__isnull", True)),
                    models.Q(("latitude__gte", -90), ("latitude__lte", 90), ("longitude__gte", -180), ("longitude__lte", 180)),
                    _connector="OR",
                ),
                name="field_record_position",
            ),
        ),
        migrations.AddConstraint(
            model_name="inspectionmember",
            constraint=models.UniqueConstraint(fields=("inspection", "user"), name="inspection_member_once"),
        ),
        migrations.AddConstraint(
            model_name="checklist",
            constraint=models.UniqueConstraint(fields=("theme", "version"), name="checklist_version_once"),
        ),
        migrations.AddConstraint(
            model_name="checklist",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("written_at__isnull", False), models.Q(("written_by__isnull", False), ("version", 1), _connector="OR")
                ),
                name="checklist_by_whom",
            ),
        ),
        migrations.AddIndex(
            model_name="tip",
            index=models.Index(fields=["supervisor", "-id"], name="tip_by_supervisor"),
        ),
        migrations.AddConstraint(
            model_name="tip",
            constraint=models.CheckConstraint(condition=models.Q(("given_at__isnull", False)), name="tip_given"),
        ),
        migrations.RunPython(enter, migrations.RunPython.noop),
        migrations.RunSQL(TWO_PEOPLE, ONE_IS_ENOUGH),
    ]
