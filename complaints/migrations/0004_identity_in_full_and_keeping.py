"""Identity in full, joint complaints, uploads in chunks, reviews and rewards asked for, and how long everything is kept."""

import uuid

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Add what an intake in full needs."""

    dependencies = [
        ("agencies", "0001_initial"),
        ("complaints", "0003_entry_for_somebody"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Hold",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.TextField()),
                ("placed_at", models.DateTimeField()),
                ("lifted_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="IdentityCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("format", "Number checked for its form"),
                            ("phone", "Phone confirmed by code"),
                            ("call_back", "Confirmed by call back"),
                            ("in_person", "Confirmed in person"),
                            ("provider", "Confirmed by a sign-in service"),
                        ],
                        max_length=10,
                    ),
                ),
                ("confirmed", models.BooleanField()),
                ("checked_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="PhoneProof",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("phone_sealed", models.BinaryField()),
                ("code_sealed", models.BinaryField(null=True)),
                ("language", models.CharField(default="zh-hans", max_length=10)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("sent_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name="Representative",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("position", models.PositiveSmallIntegerField()),
                ("name_sealed", models.BinaryField(null=True)),
                ("phone_sealed", models.BinaryField(null=True)),
                ("name_masked", models.CharField(max_length=20)),
                ("phone_masked", models.CharField(blank=True, max_length=20)),
            ],
        ),
        migrations.CreateModel(
            name="RetentionPolicy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("years", models.PositiveSmallIntegerField()),
                ("valid_from", models.DateField(unique=True)),
                ("basis", models.CharField(max_length=200)),
            ],
            options={
                "verbose_name_plural": "retention policies",
            },
        ),
        migrations.CreateModel(
            name="ReviewRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("level", models.PositiveSmallIntegerField()),
                ("reason_sealed", models.BinaryField(null=True)),
                ("reason_copy", models.TextField()),
                ("asked_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="RewardClaim",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "proof",
                    models.CharField(choices=[("verified", "Verified complainant"), ("claim_code", "Claim code")], max_length=10),
                ),
                ("claimed_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="TextPrint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("bands", django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None)),
            ],
        ),
        migrations.CreateModel(
            name="Upload",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("name_sealed", models.BinaryField()),
                ("size", models.PositiveIntegerField()),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("received", models.PositiveIntegerField(default=0)),
                ("created_at", models.DateTimeField()),
                ("updated_at", models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name="UploadChunk",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("start", models.PositiveIntegerField()),
                ("content_sealed", models.BinaryField()),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="complaint",
            name="complaint_identity_matches",
        ),
        migrations.AddField(
            model_name="complainant",
            name="address_sealed",
            field=models.BinaryField(null=True),
        ),
        migrations.AddField(
            model_name="complainant",
            name="erased_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="complainant",
            name="id_consent_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="complainant",
            name="id_index",
            field=models.BinaryField(db_index=True, null=True),
        ),
        migrations.AddField(
            model_name="complainant",
            name="id_kind",
            field=models.CharField(
                blank=True,
                choices=[("resident", "Resident identity card"), ("passport", "Passport"), ("other", "Another document")],
                db_default="",
                default="",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="complainant",
            name="id_masked",
            field=models.CharField(blank=True, db_default="", default="", max_length=24),
        ),
        migrations.AddField(
            model_name="complainant",
            name="id_number_sealed",
            field=models.BinaryField(null=True),
        ),
        migrations.AddField(
            model_name="complainant",
            name="uscc_sealed",
            field=models.BinaryField(null=True),
        ),
        migrations.AddField(
            model_name="complaint",
            name="denied_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="complaint",
            name="earlier_number",
            field=models.CharField(blank=True, db_default="", default="", max_length=14),
        ),
        migrations.AddField(
            model_name="complaint",
            name="erased_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="complaint",
            name="privacy_version",
            field=models.CharField(blank=True, db_default="", default="", max_length=20),
        ),
        migrations.AddField(
            model_name="complaint",
            name="secondary",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.PositiveSmallIntegerField(), blank=True, db_default=[], default=list, size=None
            ),
        ),
        migrations.AddField(
            model_name="complaint",
            name="signers",
            field=models.PositiveSmallIntegerField(db_default=1, default=1),
        ),
        migrations.AlterField(
            model_name="complainant",
            name="name_sealed",
            field=models.BinaryField(null=True),
        ),
        migrations.AlterField(
            model_name="complainant",
            name="verification",
            field=models.CharField(
                choices=[
                    ("none", "Not checked"),
                    ("format", "Number checked for its form"),
                    ("phone", "Phone confirmed by code"),
                    ("call_back", "Confirmed by call back"),
                    ("in_person", "Confirmed in person"),
                    ("provider", "Confirmed by a sign-in service"),
                ],
                default="none",
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="complaint",
            name="narrative_sealed",
            field=models.BinaryField(null=True),
        ),
        migrations.AlterField(
            model_name="filingconsent",
            name="given_by_sealed",
            field=models.BinaryField(null=True),
        ),
        migrations.AlterField(
            model_name="message",
            name="text_sealed",
            field=models.BinaryField(null=True),
        ),
        migrations.AddConstraint(
            model_name="complainant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("erased_at__isnull", True), ("name_sealed__isnull", False)),
                    models.Q(
                        ("address_sealed__isnull", True),
                        ("email_sealed__isnull", True),
                        ("erased_at__isnull", False),
                        ("id_number_sealed__isnull", True),
                        ("name_sealed__isnull", True),
                        ("organisation_sealed__isnull", True),
                        ("phone_sealed__isnull", True),
                        ("uscc_sealed__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="complainant_erased_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="complainant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("id_number_sealed__isnull", True),
                    models.Q(("id_consent_at__isnull", False), models.Q(("id_kind", ""), _negated=True)),
                    _connector="OR",
                ),
                name="complainant_id_with_consent",
            ),
        ),
        migrations.AddConstraint(
            model_name="complaint",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("complainant__isnull", False), ("denied_at__isnull", True), ("identity", "real_name")),
                    models.Q(("complainant__isnull", True), ("denied_at__isnull", True), ("identity", "anonymous")),
                    models.Q(("complainant__isnull", False), ("denied_at__isnull", False), ("identity", "anonymous")),
                    _connector="OR",
                ),
                name="complaint_identity_matches",
            ),
        ),
        migrations.AddConstraint(
            model_name="complaint",
            constraint=models.CheckConstraint(condition=models.Q(("signers__gte", 1)), name="complaint_has_signer"),
        ),
        migrations.AddConstraint(
            model_name="complaint",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("erased_at__isnull", True), ("narrative_sealed__isnull", False)),
                    models.Q(
                        ("details_sealed__isnull", True),
                        ("erased_at__isnull", False),
                        ("narrative_sealed__isnull", True),
                        ("wish_sealed__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="complaint_erased_whole",
            ),
        ),
        migrations.AddField(
            model_name="hold",
            name="complaint",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="holds", to="complaints.complaint"),
        ),
        migrations.AddField(
            model_name="hold",
            name="lifted_by",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="hold",
            name="placed_by",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="identitycheck",
            name="checked_by",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="identitycheck",
            name="complainant",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="checks", to="complaints.complainant"
            ),
        ),
        migrations.AddField(
            model_name="representative",
            name="complaint",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="representatives", to="complaints.complaint"
            ),
        ),
        migrations.AddConstraint(
            model_name="retentionpolicy",
            constraint=models.CheckConstraint(condition=models.Q(("years__gte", 1)), name="retention_at_least_a_year"),
        ),
        migrations.AddField(
            model_name="reviewrequest",
            name="complaint",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="review_requests", to="complaints.complaint"
            ),
        ),
        migrations.AddField(
            model_name="rewardclaim",
            name="complaint",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="reward_claim", to="complaints.complaint"
            ),
        ),
        migrations.AddField(
            model_name="textprint",
            name="complaint",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="text_print", to="complaints.complaint"
            ),
        ),
        migrations.AddField(
            model_name="upload",
            name="complaint",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="uploads",
                to="complaints.complaint",
            ),
        ),
        migrations.AddField(
            model_name="upload",
            name="draft",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name="uploads", to="complaints.draft"
            ),
        ),
        migrations.AddField(
            model_name="uploadchunk",
            name="upload",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="chunks", to="complaints.upload"),
        ),
        migrations.AddConstraint(
            model_name="hold",
            constraint=models.UniqueConstraint(
                condition=models.Q(("lifted_at__isnull", True)), fields=("complaint",), name="hold_one_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="hold",
            constraint=models.CheckConstraint(condition=models.Q(("reason", ""), _negated=True), name="hold_has_reason"),
        ),
        migrations.AddConstraint(
            model_name="hold",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("lifted_at__isnull", True), ("lifted_by__isnull", True)),
                    models.Q(("lifted_at__isnull", False), ("lifted_by__isnull", False)),
                    _connector="OR",
                ),
                name="hold_lifted_pair",
            ),
        ),
        migrations.AddConstraint(
            model_name="identitycheck",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("level__in", ["format", "phone", "provider"]),
                    models.Q(
                        ("checked_at__isnull", False), ("checked_by__isnull", False), ("level__in", ["call_back", "in_person"])
                    ),
                    _connector="OR",
                ),
                name="identity_check_by_a_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="representative",
            constraint=models.UniqueConstraint(fields=("complaint", "position"), name="representative_once_a_position"),
        ),
        migrations.AddConstraint(
            model_name="representative",
            constraint=models.CheckConstraint(
                condition=models.Q(("position__gte", 1), ("position__lte", 5)), name="representative_five_at_most"
            ),
        ),
        migrations.AddConstraint(
            model_name="reviewrequest",
            constraint=models.UniqueConstraint(fields=("complaint", "level"), name="review_request_once_a_level"),
        ),
        migrations.AddConstraint(
            model_name="reviewrequest",
            constraint=models.CheckConstraint(condition=models.Q(("level__in", [1, 2])), name="review_request_level_known"),
        ),
        migrations.AddConstraint(
            model_name="reviewrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason_copy", ""), _negated=True), name="review_request_has_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="rewardclaim",
            constraint=models.CheckConstraint(
                condition=models.Q(("proof__in", ["verified", "claim_code"])), name="reward_claim_proof_known"
            ),
        ),
        migrations.AddIndex(
            model_name="textprint",
            index=django.contrib.postgres.indexes.GinIndex(fields=["bands"], name="text_print_bands"),
        ),
        migrations.AddConstraint(
            model_name="upload",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("complaint__isnull", False), ("draft__isnull", True)),
                    models.Q(("complaint__isnull", True), ("draft__isnull", False)),
                    _connector="OR",
                ),
                name="upload_for_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="upload",
            constraint=models.CheckConstraint(
                condition=models.Q(("size__gt", 0), ("received__lte", models.F("size"))), name="upload_within_size"
            ),
        ),
        migrations.AddConstraint(
            model_name="uploadchunk",
            constraint=models.UniqueConstraint(fields=("upload", "start"), name="upload_chunk_once_a_place"),
        ),
    ]
