"""Counts of each day for the statistics, kept true by marks that triggers set; when a case was accepted stands beside it."""

from django.conf import settings
from django.db import migrations, models

# When a case was accepted, so far only the event log knew.
ACCEPTED = """
UPDATE cases_case SET accepted_at = found.at
FROM (SELECT subject, min(at) AS at FROM core_event WHERE type = 'case.accepted' GROUP BY subject) AS found
WHERE found.subject = 'case:' || cases_case.id
"""
TRIGGERS = """
CREATE FUNCTION cases_day_of(moment timestamptz) RETURNS date LANGUAGE sql IMMUTABLE AS $$
    SELECT (moment AT TIME ZONE 'Asia/Shanghai')::date
$$;
CREATE FUNCTION cases_mark_days_of_case() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO cases_changedday (day)
    SELECT cases_day_of(moment) FROM unnest(ARRAY[
        OLD.received_at, OLD.accepted_at, OLD.replied_at, OLD.closed_at,
        NEW.received_at, NEW.accepted_at, NEW.replied_at, NEW.closed_at]) AS moment WHERE moment IS NOT NULL
    UNION SELECT due_on FROM cases_deadline WHERE case_id = coalesce(NEW.id, OLD.id)
    UNION SELECT cases_day_of(closed_at) FROM cases_deadline
          WHERE case_id = coalesce(NEW.id, OLD.id) AND closed_at IS NOT NULL;
    RETURN NULL;
END $$;
CREATE FUNCTION cases_mark_days_of_limit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO cases_changedday (day)
    SELECT day FROM unnest(ARRAY[
        OLD.due_on, NEW.due_on, cases_day_of(OLD.closed_at), cases_day_of(NEW.closed_at)]) AS day WHERE day IS NOT NULL
    UNION SELECT unnest(ARRAY[due_on, coalesce(cases_day_of(closed_at), due_on)]) FROM cases_deadline
          WHERE TG_OP <> 'UPDATE' AND case_id = coalesce(NEW.case_id, OLD.case_id) AND step = coalesce(NEW.step, OLD.step);
    RETURN NULL;
END $$;
CREATE TRIGGER cases_case_marks_days AFTER INSERT OR DELETE ON cases_case
FOR EACH ROW EXECUTE FUNCTION cases_mark_days_of_case();
CREATE TRIGGER cases_case_marks_changed_days AFTER UPDATE ON cases_case FOR EACH ROW
WHEN ((OLD.status, OLD.category, OLD.channel, OLD.respondent_agency_id, OLD.agency_id, OLD.finding, OLD.satisfaction,
       OLD.received_at, OLD.accepted_at, OLD.replied_at, OLD.closed_at, OLD.withdrawn_at) IS DISTINCT FROM
      (NEW.status, NEW.category, NEW.channel, NEW.respondent_agency_id, NEW.agency_id, NEW.finding, NEW.satisfaction,
       NEW.received_at, NEW.accepted_at, NEW.replied_at, NEW.closed_at, NEW.withdrawn_at))
EXECUTE FUNCTION cases_mark_days_of_case();
CREATE TRIGGER cases_deadline_marks_days AFTER INSERT OR DELETE ON cases_deadline
FOR EACH ROW EXECUTE FUNCTION cases_mark_days_of_limit();
CREATE TRIGGER cases_deadline_marks_changed_days AFTER UPDATE ON cases_deadline FOR EACH ROW
WHEN ((OLD.step, OLD.due_on, OLD.due_at, OLD.closed_at, OLD.paused_on) IS DISTINCT FROM
      (NEW.step, NEW.due_on, NEW.due_at, NEW.closed_at, NEW.paused_on))
EXECUTE FUNCTION cases_mark_days_of_limit();
"""
NO_TRIGGERS = """
DROP TRIGGER cases_case_marks_days ON cases_case;
DROP TRIGGER cases_case_marks_changed_days ON cases_case;
DROP TRIGGER cases_deadline_marks_days ON cases_deadline;
DROP TRIGGER cases_deadline_marks_changed_days ON cases_deadline;
DROP FUNCTION cases_mark_days_of_case();
DROP FUNCTION cases_mark_days_of_limit();
DROP FUNCTION cases_day_of(timestamptz);
"""
# Everything that is there already is to be counted.
MARKS = """
INSERT INTO cases_changedday (day)
SELECT cases_day_of(received_at) FROM cases_case
UNION SELECT cases_day_of(accepted_at) FROM cases_case WHERE accepted_at IS NOT NULL
UNION SELECT cases_day_of(replied_at) FROM cases_case WHERE replied_at IS NOT NULL
UNION SELECT cases_day_of(closed_at) FROM cases_case WHERE closed_at IS NOT NULL
UNION SELECT due_on FROM cases_deadline
UNION SELECT cases_day_of(closed_at) FROM cases_deadline WHERE closed_at IS NOT NULL
"""


class Migration(migrations.Migration):
    """Add the tables, the moment of acceptance, indexes by which days are counted, and the triggers."""

    dependencies = [
        ("agencies", "0001_initial"),
        ("cases", "0013_inquiry"),
        ("complaints", "0005_first_retention_policy"),
        ("core", "0010_policies_of_orders_and_rectification"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ChangedDay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name="CountedUntil",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("counted_at", models.DateTimeField()),
                ("today", models.DateField()),
            ],
            options={
                "verbose_name_plural": "counted until",
            },
        ),
        migrations.CreateModel(
            name="DayCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                (
                    "part",
                    models.CharField(
                        choices=[
                            ("whole", "All"),
                            ("category", "Category"),
                            ("channel", "Channel"),
                            ("about", "Agency complained about"),
                            ("with", "Agency that deals with it"),
                            ("wait", "Working days until the reply"),
                        ],
                        max_length=10,
                    ),
                ),
                ("key", models.CharField(blank=True, max_length=20)),
                ("received", models.PositiveIntegerField(default=0)),
                ("accepted", models.PositiveIntegerField(default=0)),
                ("declined", models.PositiveIntegerField(default=0)),
                ("referred", models.PositiveIntegerField(default=0)),
                ("withdrawn", models.PositiveIntegerField(default=0)),
                ("merged", models.PositiveIntegerField(default=0)),
                ("completed", models.PositiveIntegerField(default=0)),
                ("replied", models.PositiveIntegerField(default=0)),
                ("reply_days", models.PositiveIntegerField(default=0)),
                ("upheld", models.PositiveIntegerField(default=0)),
                ("partly_upheld", models.PositiveIntegerField(default=0)),
                ("not_upheld", models.PositiveIntegerField(default=0)),
                ("no_finding", models.PositiveIntegerField(default=0)),
                ("satisfied", models.PositiveIntegerField(default=0)),
                ("fairly_satisfied", models.PositiveIntegerField(default=0)),
                ("dissatisfied", models.PositiveIntegerField(default=0)),
                ("unrated", models.PositiveIntegerField(default=0)),
                ("accept_kept", models.PositiveIntegerField(default=0)),
                ("accept_missed", models.PositiveIntegerField(default=0)),
                ("receive_kept", models.PositiveIntegerField(default=0)),
                ("receive_missed", models.PositiveIntegerField(default=0)),
                ("finish_kept", models.PositiveIntegerField(default=0)),
                ("finish_missed", models.PositiveIntegerField(default=0)),
                ("feedback_kept", models.PositiveIntegerField(default=0)),
                ("feedback_missed", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.AddField(
            model_name="case",
            name="accepted_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("accepted_at__isnull", False)), fields=["accepted_at", "id"], name="case_by_acceptance"
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("replied_at__isnull", False)), fields=["replied_at", "id"], name="case_by_reply"
            ),
        ),
        migrations.AddIndex(
            model_name="deadline",
            index=models.Index(
                condition=models.Q(("closed_at__isnull", False)), fields=["closed_at"], name="deadline_by_closing"
            ),
        ),
        migrations.AddIndex(
            model_name="deadline",
            index=models.Index(fields=["due_on"], name="deadline_by_due_day"),
        ),
        migrations.AddConstraint(
            model_name="counteduntil",
            constraint=models.CheckConstraint(condition=models.Q(("id", 1)), name="counted_until_single"),
        ),
        migrations.AddConstraint(
            model_name="daycount",
            constraint=models.UniqueConstraint(fields=("day", "part", "key"), name="day_count_once"),
        ),
        migrations.AddConstraint(
            model_name="daycount",
            constraint=models.CheckConstraint(
                condition=models.Q(("part__in", ["whole", "category", "channel", "about", "with", "wait"])),
                name="day_count_part_known",
            ),
        ),
        migrations.RunSQL(ACCEPTED, migrations.RunSQL.noop),
        migrations.RunSQL(TRIGGERS, NO_TRIGGERS),
        migrations.RunSQL(MARKS, migrations.RunSQL.noop),
    ]
