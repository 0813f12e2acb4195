"""What was lodged, and the policy of the limit that ends first, are kept beside the case: lists filter and colour by them."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

BATCH = 50_000  # ids at once: a million cases take a minute or two, and no statement holds more than its share
KINDS = """
UPDATE cases_case AS whole SET kinds = lodged.kinds
FROM (
    SELECT case_id, array_agg(kind ORDER BY first) AS kinds
    FROM (
        SELECT link.case_id, matter.kind, min(matter.id) AS first
        FROM cases_casecomplaint AS link JOIN complaints_complaint AS matter ON matter.id = link.complaint_id
        WHERE link.case_id >= %(first)s AND link.case_id < %(end)s
        GROUP BY link.case_id, matter.kind
    ) AS each
    GROUP BY case_id
) AS lodged
WHERE whole.id = lodged.case_id
"""
POLICIES = """
UPDATE cases_case AS whole SET due_policy_id = earliest.policy_id
FROM (
    SELECT DISTINCT ON (case_id) case_id, policy_id
    FROM cases_deadline
    WHERE closed_at IS NULL AND case_id >= %(first)s AND case_id < %(end)s
    ORDER BY case_id, paused_on IS NOT NULL, due_at, id
) AS earliest
WHERE whole.id = earliest.case_id AND whole.due_at IS NOT NULL
"""


def keep_beside(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Fill both columns as the actions keep them from now on."""
    last = apps.get_model("cases", "Case").objects.aggregate(last=models.Max("pk"))["last"] or 0
    with schema_editor.connection.cursor() as cursor:
        for first in range(0, last + 1, BATCH):
            for statement in (KINDS, POLICIES):
                cursor.execute(statement, {"first": first, "end": first + BATCH})


class Migration(migrations.Migration):
    """Keep two things beside the case that lists ask for."""

    dependencies = [
        ("cases", "0008_further_ways_and_letters"),
        ("complaints", "0005_first_retention_policy"),
        ("core", "0010_policies_of_orders_and_rectification"),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="kinds",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(
                    choices=[("complaint", "Complaint"), ("report", "Report"), ("tip", "Tip")], max_length=10
                ),
                blank=True,
                db_default=[],
                default=list,
                size=None,
            ),
        ),
        migrations.AddField(
            model_name="case",
            name="due_policy",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="core.deadlinepolicy",
            ),
        ),
        migrations.RunPython(keep_beside, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="case",
            index=django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=["kinds"], name="case_by_kind"),
        ),
    ]
