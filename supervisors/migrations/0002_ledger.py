"""Budgets, accounts, postings and what is owed."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Add the tables."""

    dependencies = [
        ("supervisors", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Budget",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=[("rewards", "Rewards"), ("remuneration", "Remuneration")], max_length=15)),
                ("year", models.PositiveSmallIntegerField()),
                ("basis", models.CharField(max_length=200)),
                ("opened_at", models.DateTimeField()),
                (
                    "opened_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Account",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "name",
                    models.CharField(
                        choices=[
                            ("granted", "Granted"),
                            ("available", "Available"),
                            ("committed", "Committed"),
                            ("sent", "On its way"),
                            ("paid", "Paid"),
                        ],
                        max_length=10,
                    ),
                ),
                ("balance_fen", models.BigIntegerField(default=0)),
                (
                    "budget",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="accounts", to="supervisors.budget"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Payable",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("voucher", models.CharField(max_length=20, unique=True)),
                ("cause", models.CharField(max_length=60, unique=True)),
                ("payee", models.CharField(max_length=40)),
                ("amount_fen", models.PositiveBigIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("owed", "Owed"),
                            ("sent", "On its way"),
                            ("paid", "Paid"),
                            ("cancelled", "Cancelled"),
                            ("clawed_back", "Paid back"),
                        ],
                        default="owed",
                        max_length=12,
                    ),
                ),
                (
                    "means",
                    models.CharField(
                        blank=True, choices=[("bank", "Bank transfer"), ("cash", "Cash against the signed voucher")], max_length=5
                    ),
                ),
                ("holder_sealed", models.BinaryField(null=True)),
                ("bank_sealed", models.BinaryField(null=True)),
                ("account_sealed", models.BinaryField(null=True)),
                ("created_at", models.DateTimeField()),
                ("paid_at", models.DateTimeField(blank=True, null=True)),
                ("cancel_reason", models.CharField(blank=True, max_length=200)),
                (
                    "approved_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "budget",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="payables", to="supervisors.budget"
                    ),
                ),
                (
                    "paid_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Posting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "move",
                    models.CharField(
                        choices=[
                            ("grant", "Budget granted"),
                            ("cut", "Budget cut"),
                            ("commit", "Committed on approval"),
                            ("release", "Lapsed or cancelled"),
                            ("send", "Handed to the bank or the till"),
                            ("settle", "Paid out"),
                            ("bounce", "Came back unpaid"),
                            ("claw_back", "Paid back by the payee"),
                        ],
                        max_length=10,
                    ),
                ),
                ("amount_fen", models.PositiveBigIntegerField()),
                ("key", models.CharField(max_length=80, unique=True)),
                ("cause", models.CharField(max_length=60)),
                ("note", models.CharField(blank=True, max_length=200)),
                ("posted_at", models.DateTimeField()),
                (
                    "budget",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="postings", to="supervisors.budget"
                    ),
                ),
                (
                    "posted_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("amount_fen", models.BigIntegerField()),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="supervisors.account"
                    ),
                ),
                (
                    "posting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="supervisors.posting"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "entries",
            },
        ),
        migrations.AddConstraint(
            model_name="budget",
            constraint=models.UniqueConstraint(fields=("kind", "year"), name="budget_once_a_year"),
        ),
        migrations.AddConstraint(
            model_name="budget",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["rewards", "remuneration"])), name="budget_kind_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="budget",
            constraint=models.CheckConstraint(condition=models.Q(("basis", ""), _negated=True), name="budget_has_basis"),
        ),
        migrations.AddConstraint(
            model_name="account",
            constraint=models.UniqueConstraint(fields=("budget", "name"), name="account_once_a_budget"),
        ),
        migrations.AddConstraint(
            model_name="account",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("balance_fen__lte", 0), ("name", "granted")),
                    models.Q(("balance_fen__gte", 0), ("name__in", ["available", "committed", "sent", "paid"])),
                    _connector="OR",
                ),
                name="account_never_overdrawn",
            ),
        ),
        migrations.AddIndex(
            model_name="payable",
            index=models.Index(fields=["budget", "state", "id"], name="payable_by_state"),
        ),
        migrations.AddIndex(
            model_name="payable",
            index=models.Index(fields=["payee", "-id"], name="payable_by_payee"),
        ),
        migrations.AddConstraint(
            model_name="payable",
            constraint=models.CheckConstraint(condition=models.Q(("amount_fen__gt", 0)), name="payable_positive"),
        ),
        migrations.AddConstraint(
            model_name="payable",
            constraint=models.CheckConstraint(
                condition=models.Q(("proposed_by", models.F("approved_by")), _negated=True), name="payable_two_people"
            ),
        ),
        migrations.AddConstraint(
            model_name="payable",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("paid_by__isnull", True),
                    models.Q(
                        models.Q(("paid_by", models.F("proposed_by")), _negated=True),
                        models.Q(("paid_by", models.F("approved_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="payable_three_people",
            ),
        ),
        migrations.AddConstraint(
            model_name="payable",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("paid_at__isnull", False), ("paid_by__isnull", False), ("state__in", ["paid", "clawed_back"])),
                    models.Q(("paid_at__isnull", True), ("paid_by__isnull", True), ("state__in", ["owed", "sent", "cancelled"])),
                    _connector="OR",
                ),
                name="payable_paid_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="payable",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["cancelled", "clawed_back"]), _negated=True),
                    models.Q(("cancel_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="payable_cancelled_has_reason",
            ),
        ),
        migrations.AddIndex(
            model_name="posting",
            index=models.Index(fields=["budget", "-id"], name="posting_by_budget"),
        ),
        migrations.AddIndex(
            model_name="posting",
            index=models.Index(fields=["cause"], name="posting_by_cause"),
        ),
        migrations.AddConstraint(
            model_name="posting",
            constraint=models.CheckConstraint(condition=models.Q(("amount_fen__gt", 0)), name="posting_positive"),
        ),
        migrations.AddConstraint(
            model_name="posting",
            constraint=models.CheckConstraint(
                condition=models.Q(("move__in", ["grant", "cut", "commit", "release", "send", "settle", "bounce", "claw_back"])),
                name="posting_move_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="posting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("posted_at__isnull", False), models.Q(("posted_by__isnull", False), ("move", "release"), _connector="OR")
                ),
                name="posting_by_whom",
            ),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.UniqueConstraint(fields=("posting", "account"), name="entry_once_an_account"),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.CheckConstraint(condition=models.Q(("amount_fen", 0), _negated=True), name="entry_not_nothing"),
        ),
    ]
