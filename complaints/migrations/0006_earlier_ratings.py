"""Ratings of replies that were followed by another."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Enter the table."""

    dependencies = [
        ("complaints", "0005_first_retention_policy"),
    ]

    operations = [
        migrations.CreateModel(
            name="EarlierRating",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "satisfaction",
                    models.CharField(
                        choices=[
                            ("satisfied", "Satisfied"),
                            ("fairly_satisfied", "Fairly satisfied"),
                            ("dissatisfied", "Dissatisfied"),
                        ],
                        max_length=20,
                    ),
                ),
                ("reason_sealed", models.BinaryField(null=True)),
                ("reason_copy", models.TextField(blank=True)),
                ("created_at", models.DateTimeField()),
                ("put_aside_at", models.DateTimeField()),
                (
                    "complaint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="earlier_ratings", to="complaints.complaint"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("satisfaction__in", ["satisfied", "fairly_satisfied", "dissatisfied"])),
                        name="earlier_rating_satisfaction_known",
                    ),
                    models.UniqueConstraint(fields=("complaint", "created_at"), name="earlier_rating_once"),
                ],
            },
        ),
    ]
