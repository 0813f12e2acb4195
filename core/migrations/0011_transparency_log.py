"""The transparency log: places of events in a tree of hashes, its finished subtrees, and signed heads; all append-only."""

import django.db.models.deletion
from django.db import migrations, models

import core.models

TABLES = ("core_leaf", "core_node", "core_treehead")
FORWARD = "".join(
    f"""
CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION core_event_refuse();
CREATE TRIGGER {table}_never_emptied BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION core_event_refuse();
"""
    for table in TABLES
)
BACKWARD = "".join(
    f"DROP TRIGGER {table}_append_only ON {table}; DROP TRIGGER {table}_never_emptied ON {table};" for table in TABLES
)


class Migration(migrations.Migration):
    """Add the tables and what keeps them as they are; events from before have no salt."""

    dependencies = [
        ("core", "0010_policies_of_orders_and_rectification"),
    ]

    operations = [
        migrations.CreateModel(
            name="TreeHead",
            fields=[
                ("size", models.BigIntegerField(primary_key=True, serialize=False)),
                ("root", models.BinaryField(max_length=32)),
                ("signed_at", models.DateTimeField()),
                ("key", models.CharField(max_length=16)),
                ("signature", models.CharField(max_length=88)),
            ],
        ),
        migrations.AddField(
            model_name="event",
            name="salt",
            field=models.BinaryField(max_length=16, null=True),
        ),
        # Only now, or the database would give all earlier events one and the same.
        migrations.AlterField(
            model_name="event",
            name="salt",
            field=models.BinaryField(default=core.models.new_salt, max_length=16, null=True),
        ),
        migrations.CreateModel(
            name="Node",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("level", models.PositiveSmallIntegerField()),
                ("position", models.BigIntegerField()),
                ("hash", models.BinaryField(max_length=32)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("level", "position"), name="node_once"),
                    models.CheckConstraint(condition=models.Q(("level__gte", 1)), name="node_above_leaves"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Leaf",
            fields=[
                ("position", models.BigIntegerField(primary_key=True, serialize=False)),
                ("hash", models.BinaryField(max_length=32)),
                (
                    "event",
                    models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="leaf", to="core.event"),
                ),
            ],
            options={
                "verbose_name_plural": "leaves",
                "indexes": [models.Index(fields=["hash"], name="leaf_by_hash")],
            },
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
