"""Opening again, problem cases, accountability for wrong cases and the choice of excellent ones; a first set of criteria."""

from datetime import date
from decimal import Decimal

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

BASIS = "中华人民共和国公务员法"
# title, in English, what a judge asks himself, in English, weight
CRITERIA = [
    ("时效", "Timeliness", "各环节是否按期，有无拖延", "Was every step in time?", 25),
    ("质量", "Quality", "事实是否查清，处理是否到位", "Were the facts found and the matter settled?", 25),
    ("群众满意", "Satisfaction", "投诉人是否满意，诉求是否解决", "Is the complainant satisfied?", 25),
    ("创新", "Innovation", "做法有无新意，能否推广", "Is there something in it that others can copy?", 10),
    ("规范", "Propriety", "程序、文书、档案是否规范", "Are procedure, letters and file in order?", 15),
]


def enter(apps, schema_editor):
    """Enter the criteria of the first years, and within how many days a person held responsible may appeal."""
    criteria = apps.get_model("cases", "Criterion")
    for place, (title, title_en, question, question_en, weight) in enumerate(CRITERIA):
        words = {"title_en": title_en, "question": question, "question_en": question_en, "weight": weight, "place": place}
        criteria.objects.get_or_create(title=title, from_year=2020, defaults=words)
    apps.get_model("core", "DeadlinePolicy").objects.get_or_create(
        step="appeal",
        case_class="ordinary",
        valid_from=date(2005, 1, 1),
        defaults={"length": 30, "unit": "days", "basis": BASIS},
    )


class Migration(migrations.Migration):
    """Enter the tables, the criteria and the policy."""

    dependencies = [
        ("core", "0010_policies_of_orders_and_rectification"),
        ("cases", "0009_ways_of_a_case"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Criterion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=40)),
                ("title_en", models.CharField(max_length=60)),
                ("question", models.CharField(blank=True, max_length=120)),
                ("question_en", models.CharField(blank=True, max_length=160)),
                ("weight", models.PositiveSmallIntegerField()),
                ("from_year", models.PositiveSmallIntegerField()),
                ("until_year", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("place", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "verbose_name_plural": "criteria",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("weight__gte", 1), ("weight__lte", 100)), name="criterion_weight_positive"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_year__isnull", True), ("until_year__gte", models.F("from_year")), _connector="OR"
                        ),
                        name="criterion_years_in_order",
                    ),
                    models.UniqueConstraint(fields=("title", "from_year"), name="criterion_once_a_year"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Nomination",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField()),
                ("summary", models.TextField()),
                ("reason", models.TextField()),
                ("nominated_at", models.DateTimeField()),
                ("chosen_at", models.DateTimeField(blank=True, null=True)),
                ("chosen_reason", models.TextField(blank=True)),
                (
                    "case",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="nominations", to="cases.case"),
                ),
                (
                    "chosen_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "nominated_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ProblemMark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "cause",
                    models.CharField(
                        choices=[("returns", "Given back too often"), ("reworks", "Done again too often")], max_length=10
                    ),
                ),
                ("count", models.PositiveSmallIntegerField()),
                ("raised_at", models.DateTimeField()),
                ("lowered_at", models.DateTimeField(blank=True, null=True)),
                ("reason", models.TextField(blank=True)),
                (
                    "case",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="problem_marks", to="cases.case"),
                ),
                (
                    "lowered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Reopening",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.TextField()),
                ("words", models.TextField(blank=True)),
                ("reopened_at", models.DateTimeField()),
                ("came_from", models.CharField(choices=[("followed_up", "Followed up"), ("closed", "Closed")], max_length=12)),
                (
                    "finding",
                    models.CharField(
                        blank=True,
                        choices=[("upheld", "Upheld"), ("partly_upheld", "Partly upheld"), ("not_upheld", "Not upheld")],
                        max_length=15,
                    ),
                ),
                (
                    "satisfaction",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("satisfied", "Satisfied"),
                            ("fairly_satisfied", "Fairly satisfied"),
                            ("dissatisfied", "Dissatisfied"),
                        ],
                        max_length=20,
                    ),
                ),
                ("follow_up_note", models.TextField(blank=True)),
                ("close_reason", models.TextField(blank=True)),
                ("reply", models.TextField()),
                ("replied_at", models.DateTimeField()),
                (
                    "assignment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reopenings",
                        to="cases.assignment",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="reopenings", to="cases.case"),
                ),
                (
                    "reopened_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "signer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Score",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("total", models.DecimalField(decimal_places=2, max_digits=5)),
                ("comment", models.TextField(blank=True)),
                ("given_at", models.DateTimeField()),
                (
                    "judge",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "nomination",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="scores", to="cases.nomination"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Points",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("weight", models.PositiveSmallIntegerField()),
                ("value", models.PositiveSmallIntegerField()),
                (
                    "criterion",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.criterion"),
                ),
                (
                    "score",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="points", to="cases.score"),
                ),
            ],
            options={
                "verbose_name_plural": "points",
            },
        ),
        migrations.CreateModel(
            name="WrongCaseReview",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.TextField()),
                ("opened_at", models.DateTimeField()),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("wrong", "The case was decided wrongly"),
                            ("flawed", "Decided rightly, but with faults on the way"),
                            ("sound", "Nothing was wrong"),
                        ],
                        max_length=10,
                    ),
                ),
                ("conclusion", models.TextField(blank=True)),
                ("concluded_at", models.DateTimeField(blank=True, null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="wrong_case_reviews", to="cases.case"
                    ),
                ),
                (
                    "concluded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Responsibility",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=40)),
                ("post", models.CharField(max_length=80)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("direct", "Directly responsible"),
                            ("main_leader", "Main leadership responsibility"),
                            ("leader", "Important leadership responsibility"),
                        ],
                        max_length=12,
                    ),
                ),
                ("deed", models.TextField()),
                (
                    "proposed",
                    models.CharField(
                        choices=[
                            ("talk", "Criticism and education"),
                            ("inspect", "Ordered to write a self-criticism"),
                            ("admonish", "Admonishing talk"),
                            ("circular", "Criticised in a circular"),
                            ("honours", "Barred from honours of the year"),
                            ("move", "Moved to another post"),
                            ("refer", "Referred to the body in charge"),
                            ("none", "No consequence"),
                        ],
                        max_length=10,
                    ),
                ),
                ("proposed_at", models.DateTimeField()),
                (
                    "decided",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("talk", "Criticism and education"),
                            ("inspect", "Ordered to write a self-criticism"),
                            ("admonish", "Admonishing talk"),
                            ("circular", "Criticised in a circular"),
                            ("honours", "Barred from honours of the year"),
                            ("move", "Moved to another post"),
                            ("refer", "Referred to the body in charge"),
                            ("none", "No consequence"),
                        ],
                        max_length=10,
                    ),
                ),
                ("decision_note", models.TextField(blank=True)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("appeal_until", models.DateField(blank=True, null=True)),
                ("appeal", models.TextField(blank=True)),
                ("appealed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "appeal_outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("kept", "The decision stands"),
                            ("changed", "The decision is changed"),
                            ("lifted", "The decision is lifted"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "final",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("talk", "Criticism and education"),
                            ("inspect", "Ordered to write a self-criticism"),
                            ("admonish", "Admonishing talk"),
                            ("circular", "Criticised in a circular"),
                            ("honours", "Barred from honours of the year"),
                            ("move", "Moved to another post"),
                            ("refer", "Referred to the body in charge"),
                            ("none", "No consequence"),
                        ],
                        max_length=10,
                    ),
                ),
                ("appeal_answer", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "account",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="responsibilities",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "appealed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="people", to="cases.wrongcasereview"
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="nomination",
            index=models.Index(fields=["year", "id"], name="nomination_by_year"),
        ),
        migrations.AddConstraint(
            model_name="nomination",
            constraint=models.UniqueConstraint(fields=("case", "year"), name="nomination_once_a_year"),
        ),
        migrations.AddConstraint(
            model_name="nomination",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("summary", ""), _negated=True), models.Q(("reason", ""), _negated=True)),
                name="nomination_complete",
            ),
        ),
        migrations.AddConstraint(
            model_name="nomination",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("chosen_at__isnull", True), ("chosen_by__isnull", True), ("chosen_reason", "")),
                    models.Q(
                        ("chosen_at__isnull", False), ("chosen_by__isnull", False), models.Q(("chosen_reason", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="nomination_chosen_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="nomination",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("chosen_by__isnull", True), models.Q(("chosen_by", models.F("nominated_by")), _negated=True), _connector="OR"
                ),
                name="nomination_two_people",
            ),
        ),
        migrations.AddConstraint(
            model_name="problemmark",
            constraint=models.UniqueConstraint(
                condition=models.Q(("lowered_at__isnull", True)), fields=("case",), name="problem_mark_one_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="problemmark",
            constraint=models.CheckConstraint(
                condition=models.Q(("cause__in", ["returns", "reworks"])), name="problem_mark_cause_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="problemmark",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("lowered_at__isnull", True), ("lowered_by__isnull", True), ("reason", "")),
                    models.Q(
                        ("lowered_at__isnull", False), ("lowered_by__isnull", False), models.Q(("reason", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="problem_mark_lowered_whole",
            ),
        ),
        migrations.AddIndex(
            model_name="reopening",
            index=models.Index(fields=["case", "id"], name="reopening_by_case"),
        ),
        migrations.AddConstraint(
            model_name="reopening",
            constraint=models.CheckConstraint(condition=models.Q(("reason", ""), _negated=True), name="reopening_has_reason"),
        ),
        migrations.AddConstraint(
            model_name="reopening",
            constraint=models.CheckConstraint(
                condition=models.Q(("came_from__in", ["followed_up", "closed"])), name="reopening_source_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="reopening",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("assignment__isnull", True), ("words", "")),
                    models.Q(("assignment__isnull", False), models.Q(("words", ""), _negated=True)),
                    _connector="OR",
                ),
                name="reopening_agency_has_words",
            ),
        ),
        migrations.AddConstraint(
            model_name="score",
            constraint=models.UniqueConstraint(fields=("nomination", "judge"), name="score_once_a_judge"),
        ),
        migrations.AddConstraint(
            model_name="score",
            constraint=models.CheckConstraint(
                condition=models.Q(("total__gte", Decimal("0")), ("total__lte", Decimal("100"))), name="score_total_in_range"
            ),
        ),
        migrations.AddConstraint(
            model_name="points",
            constraint=models.UniqueConstraint(fields=("score", "criterion"), name="points_once_a_criterion"),
        ),
        migrations.AddConstraint(
            model_name="points",
            constraint=models.CheckConstraint(
                condition=models.Q(("value__lte", 100), ("weight__gte", 1)), name="points_in_range"
            ),
        ),
        migrations.AddIndex(
            model_name="wrongcasereview",
            index=models.Index(fields=["case", "id"], name="wrong_case_by_case"),
        ),
        migrations.AddConstraint(
            model_name="wrongcasereview",
            constraint=models.CheckConstraint(condition=models.Q(("reason", ""), _negated=True), name="wrong_case_has_reason"),
        ),
        migrations.AddConstraint(
            model_name="wrongcasereview",
            constraint=models.UniqueConstraint(
                condition=models.Q(("concluded_at__isnull", True)), fields=("case",), name="wrong_case_one_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="wrongcasereview",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("concluded_at__isnull", True), ("concluded_by__isnull", True), ("conclusion", ""), ("outcome", "")),
                    models.Q(
                        ("concluded_at__isnull", False),
                        ("concluded_by__isnull", False),
                        ("outcome__in", ["wrong", "flawed", "sound"]),
                        models.Q(("conclusion", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="wrong_case_concluded_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="wrongcasereview",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("concluded_by__isnull", True),
                    models.Q(("concluded_by", models.F("opened_by")), _negated=True),
                    _connector="OR",
                ),
                name="wrong_case_two_people",
            ),
        ),
        migrations.AddConstraint(
            model_name="responsibility",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("name", ""), _negated=True),
                    models.Q(("post", ""), _negated=True),
                    models.Q(("deed", ""), _negated=True),
                ),
                name="responsibility_complete",
            ),
        ),
        migrations.AddConstraint(
            model_name="responsibility",
            constraint=models.UniqueConstraint(
                condition=models.Q(("account__isnull", False)),
                fields=("review", "account"),
                name="responsibility_once_an_account",
            ),
        ),
        migrations.AddConstraint(
            model_name="responsibility",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("appeal_until__isnull", True),
                        ("decided", ""),
                        ("decided_at__isnull", True),
                        ("decided_by__isnull", True),
                        ("decision_note", ""),
                    ),
                    models.Q(
                        ("decided__in", ["talk", "inspect", "admonish", "circular", "honours", "move", "refer", "none"]),
                        ("decided_at__isnull", False),
                        ("decided_by__isnull", False),
                        ("appeal_until__isnull", False),
                        models.Q(("decision_note", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="responsibility_decided_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="responsibility",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_by__isnull", True),
                    models.Q(
                        models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                        models.Q(
                            ("account__isnull", True),
                            models.Q(("decided_by", models.F("account")), _negated=True),
                            _connector="OR",
                        ),
                    ),
                    _connector="OR",
                ),
                name="responsibility_two_people",
            ),
        ),
        migrations.AddConstraint(
            model_name="responsibility",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("appeal", ""), ("appealed_at__isnull", True), ("appealed_by__isnull", True)),
                    models.Q(
                        ("appealed_at__isnull", False),
                        ("appealed_by__isnull", False),
                        ("decided_at__isnull", False),
                        models.Q(("appeal", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="responsibility_appealed_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="responsibility",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("answered_at__isnull", True),
                        ("answered_by__isnull", True),
                        ("appeal_answer", ""),
                        ("appeal_outcome", ""),
                        ("final", ""),
                    ),
                    models.Q(
                        ("appeal_outcome__in", ["kept", "changed", "lifted"]),
                        ("final__in", ["talk", "inspect", "admonish", "circular", "honours", "move", "refer", "none"]),
                        ("answered_at__isnull", False),
                        ("answered_by__isnull", False),
                        ("appealed_at__isnull", False),
                        models.Q(("appeal_answer", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="responsibility_answered_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="responsibility",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("answered_by__isnull", True),
                    models.Q(
                        models.Q(("answered_by", models.F("decided_by")), _negated=True),
                        models.Q(
                            ("account__isnull", True),
                            models.Q(("answered_by", models.F("account")), _negated=True),
                            _connector="OR",
                        ),
                    ),
                    _connector="OR",
                ),
                name="responsibility_answered_by_another",
            ),
        ),
        migrations.RunPython(enter, migrations.RunPython.noop),
    ]
