"""Measures of rewards and sanctions, clause by clause; two wordings of a clause never hold on one day."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations, models


class Migration(migrations.Migration):
    """Add the tables."""

    dependencies = [
        ("agencies", "0001_initial"),
    ]

    operations = [
        BtreeGistExtension(),
        migrations.CreateModel(
            name="Measure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, verbose_name="title of the document")),
                ("document_number", models.CharField(max_length=60, unique=True, verbose_name="document number")),
                ("published_by", models.CharField(max_length=120, verbose_name="published by")),
                ("valid_from", models.DateField(verbose_name="in force from")),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="last day in force")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_until__isnull", True), ("valid_until__gte", models.F("valid_from")), _connector="OR"
                        ),
                        name="measure_ends_after_start",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MeasureClause",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=20, verbose_name="clause")),
                ("text", models.TextField(verbose_name="wording")),
                (
                    "allows",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
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
                        size=None,
                        verbose_name="allows",
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="in force from")),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="last day in force")),
                (
                    "measure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="clauses",
                        to="agencies.measure",
                        verbose_name="document",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "allows__contained_by",
                                ["criticism", "self_review", "circular", "admonition", "refund", "suspension", "referral"],
                            ),
                            models.Q(("allows", []), _negated=True),
                        ),
                        name="clause_allows_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_until__isnull", True), ("valid_until__gte", models.F("valid_from")), _connector="OR"
                        ),
                        name="clause_ends_after_start",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("measure", "="),
                            ("number", "="),
                            (
                                models.Func(
                                    "valid_from",
                                    "valid_until",
                                    django.contrib.postgres.fields.ranges.RangeBoundary(
                                        inclusive_lower=True, inclusive_upper=True
                                    ),
                                    function="DATERANGE",
                                    output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                                ),
                                "&&",
                            ),
                        ],
                        name="clause_one_wording_a_day",
                        violation_error_message="Another wording of this clause holds on some of these days.",
                    ),
                ],
            },
        ),
    ]
