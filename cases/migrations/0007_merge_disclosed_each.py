"""What an agency is given is kept for each complainant: several may complain together, and each consents for himself."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

_BATCH = 1000


def spread(apps, schema_editor):
    """Give each complainant of a case that went out what its assignment says; until now there was one to a case."""
    Assignment = apps.get_model("cases", "Assignment")
    CaseComplaint = apps.get_model("cases", "CaseComplaint")
    Disclosed = apps.get_model("cases", "Disclosed")
    rows = Assignment.objects.exclude(disclosed=[]).values_list("pk", "case_id", "disclosed")
    fields_of = {pk: (case, fields) for pk, case, fields in rows}
    complaints = {}
    links = CaseComplaint.objects.filter(case__assignments__in=fields_of).distinct()
    for case, complaint in links.values_list("case_id", "complaint_id"):
        complaints.setdefault(case, []).append(complaint)
    spread_out = [
        Disclosed(assignment_id=pk, complaint_id=complaint, fields=fields)
        for pk, (case, fields) in fields_of.items()
        for complaint in complaints.get(case, [])
    ]
    Disclosed.objects.bulk_create(spread_out, batch_size=_BATCH)


class Migration(migrations.Migration):
    """Add the table and fill it."""

    dependencies = [("cases", "0006_queue_search"), ("complaints", "0004_identity_in_full_and_keeping")]

    operations = [
        migrations.CreateModel(
            name="Disclosed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "fields",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[("words", "My own words"), ("name", "My name"), ("phone", "My phone number")], max_length=10
                        ),
                        size=None,
                    ),
                ),
                (
                    "assignment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="disclosures", to="cases.assignment"
                    ),
                ),
                (
                    "complaint",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="complaints.complaint"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("assignment", "complaint"), name="disclosed_once_a_complainant"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("fields__contained_by", ["words", "name", "phone"]), models.Q(("fields", []), _negated=True)
                        ),
                        name="disclosed_fields_known",
                    ),
                ],
            },
        ),
        migrations.RunPython(spread, migrations.RunPython.noop),
    ]
