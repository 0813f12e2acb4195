"""Yellow and red cards, chasers and supervision orders; the gravest card in force stands beside the case."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Make their tables."""

    dependencies = [
        ("agencies", "0001_initial"),
        ("cases", "0011_letters_are_issued"),
        ("core", "0012_policies_of_appeals_and_circulars"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="card",
            field=models.CharField(blank=True, db_default="", default="", max_length=10),
        ),
        migrations.CreateModel(
            name="SupervisionOrder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("demand", models.TextField()),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("accepted", "Carried out"), ("cancelled", "Cancelled")],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("ordered_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("cancel_reason", models.TextField(blank=True)),
                (
                    "agency",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="orders", to="agencies.agency"),
                ),
                ("case", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="orders", to="cases.case")),
                (
                    "deadline",
                    models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="order", to="cases.deadline"),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "ordered_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
            ],
        ),
        migrations.CreateModel(
            name="OrderReply",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField()),
                ("replied_at", models.DateTimeField()),
                (
                    "decision",
                    models.CharField(
                        blank=True, choices=[("accepted", "Carried out"), ("sent_back", "Sent back")], max_length=10
                    ),
                ),
                ("decision_note", models.TextField(blank=True)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
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
                    "replied_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="replies", to="cases.supervisionorder"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "order replies",
            },
        ),
        migrations.CreateModel(
            name="Card",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("colour", models.CharField(choices=[("yellow", "Yellow card"), ("red", "Red card")], max_length=10)),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            ("late", "A limit was not kept"),
                            ("shirking", "Passed the matter on or dragged it out"),
                            ("perfunctory", "Looked into it for form's sake only"),
                            ("false_report", "Reported what is not so"),
                            ("not_mended", "Did not put right what it had to"),
                        ],
                        max_length=15,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("suggested", "Suggested"),
                            ("dismissed", "Not followed"),
                            ("lapsed", "Fallen away"),
                            ("issued", "In force"),
                            ("superseded", "Replaced by a red card"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                ("suggested_at", models.DateTimeField(blank=True, null=True)),
                ("issued_at", models.DateTimeField(blank=True, null=True)),
                ("appeal_until", models.DateField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("end_reason", models.TextField(blank=True)),
                ("appealed_at", models.DateTimeField(blank=True, null=True)),
                ("appeal_reason", models.TextField(blank=True)),
                (
                    "decision",
                    models.CharField(
                        blank=True, choices=[("kept", "The card stays"), ("withdrawn", "The card is withdrawn")], max_length=10
                    ),
                ),
                ("decision_note", models.TextField(blank=True)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "agency",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="cards", to="agencies.agency"),
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
                ("case", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="cards", to="cases.case")),
                (
                    "deadline",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cards",
                        to="cases.deadline",
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
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "issued_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "proposer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "superseded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="supersedes",
                        to="cases.card",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["case", "id"], name="card_by_case"),
                    models.Index(fields=["agency", "-id"], name="card_by_agency"),
                    models.Index(condition=models.Q(("state", "suggested")), fields=["-id"], name="card_suggested"),
                    models.Index(
                        condition=models.Q(("appealed_at__isnull", False), ("decision", "")), fields=["-id"], name="card_appealed"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("colour__in", ["yellow", "red"])), name="card_colour_known"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("suggested_at__isnull", False),
                            models.Q(("issued_at__isnull", False), ("proposer__isnull", True)),
                            _connector="OR",
                        ),
                        name="card_begins",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ground", "late"), _negated=True), ("deadline__isnull", False), _connector="OR"
                        ),
                        name="card_late_names_limit",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("appeal_until__isnull", True), ("issued_at__isnull", True), ("issued_by__isnull", True)),
                            models.Q(
                                ("appeal_until__isnull", False),
                                ("issued_at__isnull", False),
                                ("issued_by__isnull", False),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="card_issued_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("issued_at__isnull", True), ("state__in", ["suggested", "dismissed", "lapsed"])),
                            models.Q(("issued_at__isnull", False), ("state__in", ["issued", "withdrawn"])),
                            models.Q(("state", "superseded"), ("superseded_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="card_state_fits",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state", "superseded"), ("superseded_by__isnull", True), _connector="OR"),
                        name="card_superseded_by_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ended_at__isnull", False),
                                ("ended_by__isnull", False),
                                ("state__in", ["dismissed", "withdrawn"]),
                                models.Q(("end_reason", ""), _negated=True),
                            ),
                            models.Q(
                                ("end_reason", ""), ("ended_at__isnull", False), ("ended_by__isnull", True), ("state", "lapsed")
                            ),
                            models.Q(
                                ("end_reason", ""),
                                ("ended_at__isnull", True),
                                ("ended_by__isnull", True),
                                ("state__in", ["suggested", "issued", "superseded"]),
                            ),
                            _connector="OR",
                        ),
                        name="card_ended_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("appeal_reason", ""), ("appealed_at__isnull", True), ("appealed_by__isnull", True)),
                            models.Q(
                                ("appealed_at__isnull", False),
                                ("appealed_by__isnull", False),
                                ("issued_at__isnull", False),
                                models.Q(("appeal_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="card_appealed_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at__isnull", True),
                                ("decided_by__isnull", True),
                                ("decision", ""),
                                ("decision_note", ""),
                            ),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                                ("decision__in", ["kept", "withdrawn"]),
                                ("appealed_at__isnull", False),
                                models.Q(("decision_note", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="card_decided_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decision", "withdrawn"), _negated=True), ("state", "withdrawn"), _connector="OR"
                        ),
                        name="card_appeal_withdraws",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("decided_by", models.F("issued_by")), _negated=True), name="card_appeal_two_people"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("proposer__isnull", True),
                            ("suggested_at__isnull", False),
                            models.Q(("state", "lapsed"), _negated=True),
                        ),
                        fields=("deadline", "colour"),
                        name="card_suggested_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "issued")), fields=("deadline", "colour"), name="card_one_in_force_a_limit"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("deadline__isnull", True), ("state__in", ["suggested", "issued"])),
                        fields=("case", "agency", "colour", "ground"),
                        name="card_one_a_ground",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Chaser",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("words", models.TextField()),
                ("sent_on", models.DateField()),
                ("sent_at", models.DateTimeField()),
                (
                    "agency",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="chasers", to="agencies.agency"),
                ),
                ("case", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="chasers", to="cases.case")),
                (
                    "deadline",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="chasers", to="cases.deadline"),
                ),
                (
                    "sent_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["case", "id"], name="chaser_by_case")],
                "constraints": [
                    models.UniqueConstraint(fields=("deadline", "sent_on"), name="chaser_once_a_day"),
                    models.CheckConstraint(condition=models.Q(("words", ""), _negated=True), name="chaser_has_words"),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="supervisionorder",
            index=models.Index(fields=["case", "id"], name="order_by_case"),
        ),
        migrations.AddIndex(
            model_name="supervisionorder",
            index=models.Index(fields=["agency", "-id"], name="order_by_agency"),
        ),
        migrations.AddConstraint(
            model_name="supervisionorder",
            constraint=models.CheckConstraint(condition=models.Q(("demand", ""), _negated=True), name="order_has_demand"),
        ),
        migrations.AddConstraint(
            model_name="supervisionorder",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("cancel_reason", ""), ("ended_at__isnull", True), ("ended_by__isnull", True), ("state", "open")),
                    models.Q(
                        ("cancel_reason", ""), ("ended_at__isnull", False), ("ended_by__isnull", False), ("state", "accepted")
                    ),
                    models.Q(
                        ("ended_at__isnull", False),
                        ("ended_by__isnull", False),
                        ("state", "cancelled"),
                        models.Q(("cancel_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="order_ended_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="supervisionorder",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "open")), fields=("case",), name="order_one_open_a_case"
            ),
        ),
        migrations.AddConstraint(
            model_name="orderreply",
            constraint=models.CheckConstraint(condition=models.Q(("text", ""), _negated=True), name="order_reply_has_text"),
        ),
        migrations.AddConstraint(
            model_name="orderreply",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at__isnull", True), ("decided_by__isnull", True), ("decision", ""), ("decision_note", "")),
                    models.Q(("decided_at__isnull", False), ("decided_by__isnull", False), ("decision", "accepted")),
                    models.Q(
                        ("decided_at__isnull", False),
                        ("decided_by__isnull", False),
                        ("decision", "sent_back"),
                        models.Q(("decision_note", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="order_reply_decided_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="orderreply",
            constraint=models.UniqueConstraint(
                condition=models.Q(("decision", "")), fields=("order",), name="order_reply_one_open"
            ),
        ),
    ]
