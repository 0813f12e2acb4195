"""Joins two lines of migrations that entered policies at the same time; nothing is left to be done."""

from django.db import migrations


class Migration(migrations.Migration):
    """Join them."""

    dependencies = [("core", "0008_follow_policy_of_asking_for_reviews"), ("core", "0009_policies_of_orders")]
    operations: list = []
