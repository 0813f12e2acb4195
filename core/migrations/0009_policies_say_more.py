"""A policy says when it reminds, when cards are due, and how often and how long it may be extended."""

import django.contrib.postgres.fields
from django.db import migrations, models

import core.models


class Migration(migrations.Migration):
    """Let policies say more."""

    dependencies = [
        ("core", "0008_follow_policy_of_asking_for_reviews"),
    ]

    operations = [
        migrations.AddField(
            model_name="deadlinepolicy",
            name="extension_length",
            field=models.PositiveSmallIntegerField(db_default=30, default=30),
        ),
        migrations.AddField(
            model_name="deadlinepolicy",
            name="extensions",
            field=models.PositiveSmallIntegerField(db_default=1, default=1),
        ),
        migrations.AddField(
            model_name="deadlinepolicy",
            name="ladder",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.SmallIntegerField(), db_default=[-5, -2, -1, 0], default=core.models.default_ladder, size=None
            ),
        ),
        migrations.AddField(
            model_name="deadlinepolicy",
            name="red_after",
            field=models.PositiveSmallIntegerField(db_default=2, default=2),
        ),
        migrations.AddField(
            model_name="deadlinepolicy",
            name="yellow_after",
            field=models.PositiveSmallIntegerField(db_default=1, default=1),
        ),
        migrations.AddConstraint(
            model_name="deadlinepolicy",
            constraint=models.CheckConstraint(
                condition=models.Q(("red_after__gt", models.F("yellow_after"))), name="policy_red_after_yellow"
            ),
        ),
    ]
