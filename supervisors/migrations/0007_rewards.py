"""Schemes, grades, rewards and their shares; a trigger keeps the shares equal to the reward."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# Asked at the end of the transaction: a reward and its shares are written one after the other.
FORWARD = """
CREATE FUNCTION supervisors_reward_shared() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    checked bigint := CASE WHEN TG_TABLE_NAME = 'supervisors_reward' THEN (to_jsonb(NEW) ->> 'id')::bigint
        WHEN TG_OP = 'DELETE' THEN (to_jsonb(OLD) ->> 'reward_id')::bigint ELSE (to_jsonb(NEW) ->> 'reward_id')::bigint END;
BEGIN
    IF EXISTS (
        SELECT 1 FROM supervisors_reward reward WHERE reward.id = checked AND reward.amount_fen IS DISTINCT FROM
            (SELECT sum(share.amount_fen) FROM supervisors_rewardshare share WHERE share.reward_id = checked)
    ) THEN
        RAISE EXCEPTION 'The shares of reward % do not make up its amount.', checked USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER supervisors_reward_shared AFTER INSERT OR UPDATE OF amount_fen ON supervisors_reward
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION supervisors_reward_shared();
CREATE CONSTRAINT TRIGGER supervisors_share_shared AFTER INSERT OR DELETE OR UPDATE OF amount_fen, reward_id ON supervisors_rewardshare
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION supervisors_reward_shared();
"""
BACKWARD = """
DROP TRIGGER supervisors_share_shared ON supervisors_rewardshare;
DROP TRIGGER supervisors_reward_shared ON supervisors_reward;
DROP FUNCTION supervisors_reward_shared();
"""


class Migration(migrations.Migration):
    """Add the tables and the trigger."""

    dependencies = [
        ("cases", "0015_kinds_and_policy_beside_the_case"),
        ("complaints", "0006_earlier_ratings"),
        ("supervisors", "0006_inspections_and_tips"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="RewardScheme",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField(unique=True)),
                ("name", models.CharField(max_length=100)),
                ("basis", models.CharField(max_length=200)),
                ("since", models.DateField()),
                ("until", models.DateField()),
                ("window_months", models.PositiveSmallIntegerField(default=2)),
                ("full_time_too", models.BooleanField(default=False)),
                ("leaves_out_own_claim", models.BooleanField(default=True)),
                (
                    "budget",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reward_schemes",
                        to="supervisors.budget",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RewardGrade",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=40)),
                ("when", models.CharField(max_length=200)),
                ("least_fen", models.PositiveBigIntegerField()),
                ("most_fen", models.PositiveBigIntegerField()),
                ("share", models.PositiveSmallIntegerField(default=0)),
                (
                    "scheme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="grades", to="supervisors.rewardscheme"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Reward",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("base_fen", models.PositiveBigIntegerField(default=0)),
                ("amount_fen", models.PositiveBigIntegerField()),
                (
                    "truth",
                    models.CharField(choices=[("whole", "True in all that matters"), ("part", "True in part")], max_length=5),
                ),
                ("truth_reason", models.TextField()),
                (
                    "worth",
                    models.CharField(
                        choices=[
                            ("decisive", "Decisive: it gave facts and evidence that led straight to the outcome"),
                            ("useful", "Useful: it gave leads that were followed"),
                            ("slight", "Slight: it only pointed to the matter"),
                        ],
                        max_length=8,
                    ),
                ),
                ("worth_reason", models.TextField()),
                ("reason", models.TextField()),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("proposed", "Waiting for approval"),
                            ("refused", "Not approved"),
                            ("notified", "Waiting to be collected"),
                            ("claimed", "Waiting to be paid"),
                            ("paid", "Paid"),
                            ("lapsed", "Lapsed"),
                            ("cancelled", "Cancelled"),
                            ("clawed_back", "Paid back"),
                        ],
                        default="proposed",
                        max_length=11,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("proposed_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("decision_note", models.TextField(blank=True)),
                ("number", models.CharField(blank=True, max_length=40)),
                ("collect_until", models.DateField(blank=True, null=True)),
                ("paid_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("end_reason", models.CharField(blank=True, max_length=200)),
                ("case", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="rewards", to="cases.case")),
                (
                    "complaint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="rewards", to="complaints.complaint"
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
                    "paid_by",
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
                (
                    "grade",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="rewards", to="supervisors.rewardgrade"
                    ),
                ),
                (
                    "scheme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="rewards", to="supervisors.rewardscheme"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RewardShare",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.PositiveSmallIntegerField()),
                ("amount_fen", models.PositiveBigIntegerField()),
                (
                    "way",
                    models.CharField(
                        blank=True, choices=[("page", "On the tracking page"), ("office", "At the office")], max_length=6
                    ),
                ),
                ("collected_at", models.DateTimeField(blank=True, null=True)),
                (
                    "collected_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "payable",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reward_share",
                        to="supervisors.payable",
                    ),
                ),
                (
                    "reward",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="shares", to="supervisors.reward"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DeclinedClaim",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.TextField()),
                ("decided_at", models.DateTimeField()),
                (
                    "complaint",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="declined_claim", to="complaints.complaint"
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("reason", ""), _negated=True), name="declined_claim_has_reason")
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="rewardscheme",
            constraint=models.CheckConstraint(
                condition=models.Q(("until__gte", models.F("since"))), name="reward_scheme_ends_after_start"
            ),
        ),
        migrations.AddConstraint(
            model_name="rewardscheme",
            constraint=models.CheckConstraint(
                condition=models.Q(("since__year", models.F("year")), ("until__year", models.F("year"))),
                name="reward_scheme_in_its_year",
            ),
        ),
        migrations.AddConstraint(
            model_name="rewardscheme",
            constraint=models.CheckConstraint(
                condition=models.Q(("window_months__gte", 1), ("window_months__lte", 24)), name="reward_scheme_window"
            ),
        ),
        migrations.AddConstraint(
            model_name="rewardscheme",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("basis", ""), _negated=True), models.Q(("name", ""), _negated=True)),
                name="reward_scheme_has_basis",
            ),
        ),
        migrations.AddConstraint(
            model_name="rewardgrade",
            constraint=models.UniqueConstraint(fields=("scheme", "place"), name="reward_grade_once_a_place"),
        ),
        migrations.AddConstraint(
            model_name="rewardgrade",
            constraint=models.CheckConstraint(
                condition=models.Q(("least_fen__gt", 0), ("most_fen__gte", models.F("least_fen"))), name="reward_grade_range"
            ),
        ),
        migrations.AddConstraint(
            model_name="rewardgrade",
            constraint=models.CheckConstraint(condition=models.Q(("share__lte", 10000)), name="reward_grade_share"),
        ),
        migrations.AddIndex(
            model_name="reward",
            index=models.Index(fields=["status", "-id"], name="reward_by_status"),
        ),
        migrations.AddIndex(
            model_name="reward",
            index=models.Index(condition=models.Q(("status", "notified")), fields=["collect_until"], name="reward_uncollected"),
        ),
        migrations.AddConstraint(
            model_name="reward",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status__in", ["refused", "cancelled"]), _negated=True),
                fields=("case",),
                name="reward_once_a_case",
            ),
        ),
        migrations.AddConstraint(
            model_name="reward",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status__in", ["refused", "cancelled"]), _negated=True),
                fields=("complaint",),
                name="reward_once_a_complaint",
            ),
        ),
        migrations.AddConstraint(
            model_name="reward",
            constraint=models.UniqueConstraint(
                condition=models.Q(("number", ""), _negated=True), fields=("number",), name="reward_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="reward",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status__in", ["proposed", "refused", "notified", "claimed", "paid", "lapsed", "cancelled", "clawed_back"])
                ),
                name="reward_status_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="reward",
            constraint=models.CheckConstraint(condition=models.Q(("amount_fen__gt", 0)), name="reward_positive"),
        ),
        migrations.AddConstraint(
            model_name="reward",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reason", ""), _negated=True),
                    models.Q(("truth_reason", ""), _negated=True),
                    models.Q(("worth_reason", ""), _negated=True),
                ),
                name="reward_both_judged",
            ),
        ),
        migrations.AddConstraint(
            model_name="reward",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_by__isnull", True),
                    models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                    _connector="OR",
                ),
                name="reward_two_people",
            ),
        ),
        migrations.AddConstraint(
            model_name="reward",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("decided_at__isnull", True), ("decided_by__isnull", True), ("status__in", ["proposed", "cancelled"])
                    ),
                    models.Q(
                        ("decided_at__isnull", False),
                        ("decided_by__isnull", False),
                        models.Q(("status", "proposed"), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="reward_decided_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="reward",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status__in", ["proposed", "refused", "cancelled"]),
                    models.Q(("collect_until__isnull", False), models.Q(("number", ""), _negated=True)),
                    _connector="OR",
                ),
                name="reward_approved_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="reward",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "refused"), _negated=True),
                    models.Q(("decision_note", ""), _negated=True),
                    _connector="OR",
                ),
                name="reward_refused_has_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="reward",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("ended_at__isnull", False),
                        ("status__in", ["lapsed", "cancelled", "clawed_back"]),
                        models.Q(("end_reason", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(("status__in", ["lapsed", "cancelled", "clawed_back"]), _negated=True),
                        ("end_reason", ""),
                        ("ended_at__isnull", True),
                        ("ended_by__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="reward_ended_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="reward",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "cancelled"), _negated=True), ("ended_by__isnull", False), _connector="OR"
                ),
                name="reward_cancelled_by",
            ),
        ),
        migrations.AddConstraint(
            model_name="reward",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("paid_at__isnull", False), ("paid_by__isnull", False), ("status__in", ["paid", "clawed_back"])),
                    models.Q(
                        models.Q(("status__in", ["paid", "clawed_back"]), _negated=True),
                        ("paid_at__isnull", True),
                        ("paid_by__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="reward_paid_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="reward",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("paid_by__isnull", True),
                    models.Q(
                        models.Q(("paid_by", models.F("proposed_by")), _negated=True),
                        models.Q(("paid_by", models.F("decided_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="reward_three_people",
            ),
        ),
        migrations.AddConstraint(
            model_name="rewardshare",
            constraint=models.UniqueConstraint(fields=("reward", "place"), name="reward_share_once_a_place"),
        ),
        migrations.AddConstraint(
            model_name="rewardshare",
            constraint=models.CheckConstraint(condition=models.Q(("amount_fen__gt", 0)), name="reward_share_positive"),
        ),
        migrations.AddConstraint(
            model_name="rewardshare",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("collected_at__isnull", True), ("collected_by__isnull", True), ("way", "")),
                    models.Q(
                        ("collected_at__isnull", False),
                        ("collected_by__isnull", True),
                        ("payable__isnull", False),
                        ("way", "page"),
                    ),
                    models.Q(
                        ("collected_at__isnull", False),
                        ("collected_by__isnull", False),
                        ("payable__isnull", False),
                        ("way", "office"),
                    ),
                    _connector="OR",
                ),
                name="reward_share_collected_whole",
            ),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
