"""Notes, investigation records, allegations, cost, recusals, dispositions and rectification; what is final cannot be changed."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# Notes and costs are corrected by further ones; a complete record by a new record. Postgres itself says no to anything else.
FORWARD = """
CREATE FUNCTION cases_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'This is corrected by a further entry, never changed.' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER cases_note_append_only BEFORE UPDATE OR DELETE ON cases_note
FOR EACH ROW EXECUTE FUNCTION cases_refuse_change();
CREATE TRIGGER cases_cost_append_only BEFORE UPDATE OR DELETE ON cases_cost
FOR EACH ROW EXECUTE FUNCTION cases_refuse_change();
CREATE TRIGGER cases_record_complete BEFORE UPDATE OR DELETE ON cases_investigationrecord
FOR EACH ROW WHEN (OLD.completed_at IS NOT NULL) EXECUTE FUNCTION cases_refuse_change();
CREATE FUNCTION cases_refuse_change_of_complete() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM cases_investigationrecord AS record
        WHERE record.completed_at IS NOT NULL
        AND (TG_OP <> 'INSERT' AND record.id = OLD.record_id OR TG_OP <> 'DELETE' AND record.id = NEW.record_id)
    ) THEN
        RAISE EXCEPTION 'The record is complete.' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER cases_evidence_of_complete BEFORE INSERT OR UPDATE OR DELETE ON cases_recordevidence
FOR EACH ROW EXECUTE FUNCTION cases_refuse_change_of_complete();
CREATE TRIGGER cases_signature_of_complete BEFORE INSERT OR UPDATE OR DELETE ON cases_signature
FOR EACH ROW EXECUTE FUNCTION cases_refuse_change_of_complete();
"""
BACKWARD = """
DROP TRIGGER cases_signature_of_complete ON cases_signature;
DROP TRIGGER cases_evidence_of_complete ON cases_recordevidence;
DROP FUNCTION cases_refuse_change_of_complete();
DROP TRIGGER cases_record_complete ON cases_investigationrecord;
DROP TRIGGER cases_cost_append_only ON cases_cost;
DROP TRIGGER cases_note_append_only ON cases_note;
DROP FUNCTION cases_refuse_change();
"""


class Migration(migrations.Migration):
    """Add the tables and their guards."""

    dependencies = [
        ("agencies", "0002_measures_and_their_clauses"),
        ("cases", "0012_cards_and_orders"),
        ("core", "0010_policies_of_orders_and_rectification"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="InvestigationRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("interview", "Interview"),
                            ("site_visit", "Visit on site"),
                            ("documents", "Papers inspected"),
                            ("phone", "Telephone call"),
                            ("covert", "Covert check"),
                        ],
                        max_length=12,
                    ),
                ),
                ("began_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField()),
                ("place", models.CharField(max_length=120)),
                ("interviewed", models.CharField(blank=True, max_length=200)),
                ("text", models.TextField()),
                ("version", models.PositiveIntegerField(default=1)),
                ("recorded_at", models.DateTimeField()),
                ("completed_at", models.DateTimeField(blank=True, null=True)),
                ("case", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="records", to="cases.case")),
                (
                    "lead",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "replaces",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="cases.investigationrecord",
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Note",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField()),
                ("written_at", models.DateTimeField()),
                ("case", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="notes", to="cases.case")),
                (
                    "mentioned",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RecordEvidence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("what", models.CharField(max_length=200)),
                ("from_whom", models.CharField(max_length=120)),
                ("added_at", models.DateTimeField()),
                (
                    "added_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "file",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.storedfile"
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="evidence", to="cases.investigationrecord"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Rectification",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("demand", models.TextField()),
                ("demanded_at", models.DateTimeField()),
                ("accepted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "accepted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "assignment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="rectifications", to="cases.assignment"
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="rectifications", to="cases.case"
                    ),
                ),
                (
                    "demanded_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RectificationAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField()),
                ("answered_at", models.DateTimeField()),
                (
                    "verdict",
                    models.CharField(blank=True, choices=[("accepted", "Accepted"), ("sent_back", "Sent back")], max_length=10),
                ),
                ("verdict_note", models.TextField(blank=True)),
                ("judged_at", models.DateTimeField(blank=True, null=True)),
                (
                    "answered_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "judged_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "rectification",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="answers", to="cases.rectification"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RectificationProof",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "answer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="proofs", to="cases.rectificationanswer"
                    ),
                ),
                (
                    "file",
                    models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.storedfile"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Recusal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            ("kin", "Close relative of somebody involved"),
                            ("interest", "Has an interest in the matter"),
                            ("former_post", "Worked at the agency before"),
                            ("other", "Other ground"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "means",
                    models.CharField(
                        choices=[("declared", "Declared by himself or herself"), ("ordered", "Ordered by an office leader")],
                        max_length=10,
                    ),
                ),
                ("details", models.CharField(blank=True, max_length=300)),
                ("placed_at", models.DateTimeField()),
                ("lifted_at", models.DateTimeField(blank=True, null=True)),
                ("lift_reason", models.CharField(blank=True, max_length=300)),
                (
                    "case",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="recusals", to="cases.case"),
                ),
                (
                    "lifted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "placed_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="recusals", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Signature",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("signed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "investigator",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="signatures", to="cases.investigationrecord"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Allegation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("text", models.CharField(max_length=300)),
                ("entered_at", models.DateTimeField()),
                (
                    "finding",
                    models.CharField(
                        blank=True,
                        choices=[("upheld", "Upheld"), ("partly_upheld", "Partly upheld"), ("not_upheld", "Not upheld")],
                        max_length=15,
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("struck_at", models.DateTimeField(blank=True, null=True)),
                (
                    "case",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="allegations", to="cases.case"),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "struck_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("case", "number"), name="allegation_numbered"),
                    models.CheckConstraint(condition=models.Q(("text", ""), _negated=True), name="allegation_has_text"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("decided_by__isnull", True), ("finding", ""), ("reason", "")),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                                ("finding__in", ["upheld", "partly_upheld", "not_upheld"]),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="allegation_decided_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("struck_at__isnull", True), ("struck_by__isnull", True)),
                            models.Q(("struck_at__isnull", False), ("struck_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="allegation_struck_pair",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Cost",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("work", "Working time"),
                            ("travel", "Travel"),
                            ("expert", "Expert's report"),
                            ("copies", "Copies and postage"),
                            ("other", "Other expenses"),
                        ],
                        max_length=10,
                    ),
                ),
                ("minutes", models.IntegerField(default=0)),
                ("fen", models.IntegerField(default=0)),
                ("spent_on", models.DateField()),
                ("reason", models.CharField(blank=True, max_length=200)),
                ("entered_at", models.DateTimeField()),
                ("case", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="costs", to="cases.case")),
                (
                    "corrects",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="cases.cost",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "spent_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["case", "id"], name="cost_by_case")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("fen", 0), ("kind", "work"), models.Q(("minutes", 0), _negated=True)),
                            models.Q(
                                ("kind__in", ["travel", "expert", "copies", "other"]),
                                ("minutes", 0),
                                models.Q(("fen", 0), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="cost_time_or_money",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("corrects__isnull", True), ("fen__gte", 0), ("minutes__gte", 0)),
                            models.Q(
                                ("corrects__isnull", False),
                                ("fen__lte", 0),
                                ("minutes__lte", 0),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="cost_less_by_correction_only",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Disposition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("post", models.CharField(blank=True, max_length=60)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("criticism", "Criticism and education"),
                            ("self_review", "Written self-examination ordered"),
                            ("circular", "Circular of criticism"),
                            ("admonition", "Efficiency admonition"),
                            ("refund", "Money to be paid back"),
                            ("suspension", "Suspension from the post"),
                            ("referral", "Referral to the body in charge"),
                        ],
                        max_length=12,
                    ),
                ),
                ("words", models.TextField()),
                ("proposed_at", models.DateTimeField()),
                (
                    "decision",
                    models.CharField(blank=True, choices=[("approved", "Decided"), ("refused", "Not decided")], max_length=10),
                ),
                ("decision_note", models.TextField(blank=True)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="dispositions", to="agencies.agency"
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="dispositions", to="cases.case"),
                ),
                (
                    "clause",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="dispositions", to="agencies.measureclause"
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["case", "id"], name="disposition_by_case")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("words", ""), _negated=True), name="disposition_has_words"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                ["criticism", "self_review", "circular", "admonition", "refund", "suspension", "referral"],
                            )
                        ),
                        name="disposition_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("decided_by", models.F("proposed_by")), _negated=True), name="disposition_two_people"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decision", "refused"), _negated=True),
                            models.Q(("decision_note", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="disposition_refused_has_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("decided_by__isnull", True), ("decision", "")),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                                ("decision__in", ["approved", "refused"]),
                            ),
                            _connector="OR",
                        ),
                        name="disposition_decided_pair",
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="investigationrecord",
            index=models.Index(fields=["case", "id"], name="record_by_case"),
        ),
        migrations.AddConstraint(
            model_name="investigationrecord",
            constraint=models.CheckConstraint(
                condition=models.Q(("lead", models.F("second")), _negated=True), name="record_two_people"
            ),
        ),
        migrations.AddConstraint(
            model_name="investigationrecord",
            constraint=models.CheckConstraint(
                condition=models.Q(("ended_at__gte", models.F("began_at"))), name="record_ends_after_start"
            ),
        ),
        migrations.AddConstraint(
            model_name="investigationrecord",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("text", ""), _negated=True), models.Q(("place", ""), _negated=True)),
                name="record_has_text",
            ),
        ),
        migrations.AddConstraint(
            model_name="investigationrecord",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "interview"), _negated=True), models.Q(("interviewed", ""), _negated=True), _connector="OR"
                ),
                name="record_interview_of_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="investigationrecord",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["interview", "site_visit", "documents", "phone", "covert"])),
                name="record_kind_known",
            ),
        ),
        migrations.AddIndex(
            model_name="note",
            index=models.Index(fields=["case", "id"], name="note_by_case"),
        ),
        migrations.AddConstraint(
            model_name="note",
            constraint=models.CheckConstraint(condition=models.Q(("text", ""), _negated=True), name="note_has_text"),
        ),
        migrations.AddConstraint(
            model_name="recordevidence",
            constraint=models.UniqueConstraint(fields=("record", "number"), name="record_evidence_numbered"),
        ),
        migrations.AddConstraint(
            model_name="recordevidence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("what", ""), _negated=True), models.Q(("from_whom", ""), _negated=True), ("number__gte", 1)
                ),
                name="record_evidence_described",
            ),
        ),
        migrations.AddConstraint(
            model_name="rectification",
            constraint=models.UniqueConstraint(
                condition=models.Q(("accepted_at__isnull", True)), fields=("case",), name="rectification_one_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="rectification",
            constraint=models.CheckConstraint(condition=models.Q(("demand", ""), _negated=True), name="rectification_has_demand"),
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
            model_name="rectificationanswer",
            constraint=models.UniqueConstraint(
                condition=models.Q(("verdict", "")), fields=("rectification",), name="rectification_answer_one_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="rectificationanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="rectification_answer_has_text"
            ),
        ),
        migrations.AddConstraint(
            model_name="rectificationanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("verdict", "sent_back"), _negated=True),
                    models.Q(("verdict_note", ""), _negated=True),
                    _connector="OR",
                ),
                name="rectification_answer_back_has_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="rectificationanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("judged_at__isnull", True), ("judged_by__isnull", True), ("verdict", "")),
                    models.Q(
                        ("judged_at__isnull", False), ("judged_by__isnull", False), ("verdict__in", ["accepted", "sent_back"])
                    ),
                    _connector="OR",
                ),
                name="rectification_answer_judged_pair",
            ),
        ),
        migrations.AddIndex(
            model_name="recusal",
            index=models.Index(
                condition=models.Q(("lifted_at__isnull", True)), fields=["user", "case"], name="recusal_open_by_person"
            ),
        ),
        migrations.AddConstraint(
            model_name="recusal",
            constraint=models.UniqueConstraint(
                condition=models.Q(("lifted_at__isnull", True)), fields=("case", "user"), name="recusal_one_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="recusal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("means", "declared"), ("placed_by", models.F("user"))),
                    models.Q(("means", "ordered"), models.Q(("placed_by", models.F("user")), _negated=True)),
                    _connector="OR",
                ),
                name="recusal_by_whom",
            ),
        ),
        migrations.AddConstraint(
            model_name="recusal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ground", "other"), _negated=True), models.Q(("details", ""), _negated=True), _connector="OR"
                ),
                name="recusal_other_says_what",
            ),
        ),
        migrations.AddConstraint(
            model_name="recusal",
            constraint=models.CheckConstraint(
                condition=models.Q(("lifted_by", models.F("user")), _negated=True), name="recusal_lifted_by_another"
            ),
        ),
        migrations.AddConstraint(
            model_name="recusal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("lift_reason", ""), ("lifted_at__isnull", True), ("lifted_by__isnull", True)),
                    models.Q(
                        ("lifted_at__isnull", False), ("lifted_by__isnull", False), models.Q(("lift_reason", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="recusal_lifted_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="signature",
            constraint=models.UniqueConstraint(fields=("record", "investigator"), name="signature_once_a_person"),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
