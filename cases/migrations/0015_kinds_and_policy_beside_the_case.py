"""What was lodged, and the policy of the limit that ends first, are kept beside the case: lists filter and colour by them."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

BATCH = 50_000  # ids at once: a million cases take a minute or two, and no statement holds more than its share
OPEN = ["triage", "accepted", "dispatched", "received", "returned", "handling", "reported", "approved", "replied", "followed_up"]
COUNTED_BY = ("status", "paused_on", "due_policy", "handler", "agency", "respondent_agency")
COUNTED_BY += ("channel", "category", "case_class", "kinds")
FILL = """
UPDATE cases_case AS whole
SET kinds = lodged.kinds, due_policy_id = CASE WHEN whole.due_at IS NULL THEN NULL ELSE earliest.policy_id END
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
LEFT JOIN (
    SELECT DISTINCT ON (case_id) case_id, policy_id
    FROM cases_deadline
    WHERE closed_at IS NULL AND case_id >= %(first)s AND case_id < %(end)s
    ORDER BY case_id, paused_on IS NOT NULL, due_at, id
) AS earliest ON earliest.case_id = lodged.case_id
WHERE whole.id = lodged.case_id
"""


def keep_beside(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Fill both columns as the actions keep them from now on."""
    last = apps.get_model("cases", "Case").objects.aggregate(last=models.Max("pk"))["last"] or 0
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # checks that wait for the commit would bar the index below
        for first in range(0, last + 1, BATCH):
            cursor.execute(FILL, {"first": first, "end": first + BATCH})


class Migration(migrations.Migration):
    """Keep two things beside the case that lists ask for."""

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("agencies", "0001_initial"),
        ("cases", "0014_counts_of_days"),
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
        migrations.RemoveIndex(model_name="case", name="case_queue"),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("status__in", OPEN)), fields=["due_at", "id"], include=COUNTED_BY, name="case_queue"
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(
                    ("paused_on__isnull", False),
                    ("status__in", OPEN),
                ),
                fields=["due_at", "id"],
                name="case_paused",
            ),
        ),
        migrations.AlterField(
            model_name="case",
            name="agency",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="cases_with",
                to="agencies.agency",
            ),
        ),
        migrations.AlterField(
            model_name="case",
            name="handler",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="cases",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=["kinds"], name="case_by_kind"),
        ),
    ]
