"""Batches, payments, the bank's answers, claw-backs, the layout of the bank's file; triggers that keep amounts what they are."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

LAYOUT = (
    (1, "序号", "number", ""),
    (2, "凭证编号", "voucher", ""),
    (3, "金额", "amount", "yuan"),
    (4, "大写金额", "capitals", ""),
    (5, "收款人户名", "holder", ""),
    (6, "开户银行", "bank", ""),
    (7, "收款账号", "account", ""),
    (8, "处理结果", "result", "成功,交易成功,已入账,已付款|失败,交易失败,退票,退回,退汇"),
    (9, "失败原因", "reason", ""),
)

# Balances follow the entries a statement at a time: thousands of entries in one transaction would otherwise leave thousands of
# dead versions of an account's row, each of which the next entry has to step over. In the order of accounts, so that two
# postings wait for one another and never in a circle.
FORWARD = """
DROP TRIGGER supervisors_entry_books ON supervisors_entry;
DROP FUNCTION supervisors_entry_book();
CREATE FUNCTION supervisors_entry_book() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    moved record;
BEGIN
    FOR moved IN
        SELECT fresh.account_id AS account, posting.budget_id AS budget, sum(fresh.amount_fen) AS amount
        FROM fresh LEFT JOIN supervisors_posting posting ON posting.id = fresh.posting_id
        GROUP BY 1, 2 ORDER BY 1
    LOOP
        UPDATE supervisors_account SET balance_fen = balance_fen + moved.amount
        WHERE id = moved.account AND budget_id = moved.budget;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'The account belongs to another budget.' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
    END LOOP;
    RETURN NULL;
END $$;
CREATE TRIGGER supervisors_entry_books AFTER INSERT ON supervisors_entry
REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION supervisors_entry_book();

CREATE FUNCTION supervisors_payment_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    owed record;
BEGIN
    IF TG_OP = 'UPDATE' AND (NEW.payable_id, NEW.amount_fen, NEW.key, NEW.batch_id)
        IS DISTINCT FROM (OLD.payable_id, OLD.amount_fen, OLD.key, OLD.batch_id) THEN
        RAISE EXCEPTION 'A payment stays what it is.' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.state <> OLD.state
        AND (OLD.state, NEW.state) NOT IN (('draft', 'sent'), ('draft', 'dropped'), ('sent', 'settled'), ('sent', 'bounced')) THEN
        RAISE EXCEPTION 'A payment does not go from % to %.', OLD.state, NEW.state USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'INSERT' THEN
        SELECT payable.amount_fen, payable.budget_id, batch.budget_id AS batch_budget INTO owed
        FROM supervisors_payable payable LEFT JOIN supervisors_batch batch ON batch.id = NEW.batch_id
        WHERE payable.id = NEW.payable_id;
        IF owed.amount_fen IS DISTINCT FROM NEW.amount_fen THEN
            RAISE EXCEPTION 'A payment is of the amount owed.' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        IF NEW.batch_id IS NOT NULL AND owed.budget_id IS DISTINCT FROM owed.batch_budget THEN
            RAISE EXCEPTION 'The batch is of another budget.' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER supervisors_payment_guards BEFORE INSERT OR UPDATE ON supervisors_payment
FOR EACH ROW EXECUTE FUNCTION supervisors_payment_guard();

CREATE FUNCTION supervisors_payable_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.budget_id, NEW.voucher, NEW.cause, NEW.payee, NEW.amount_fen, NEW.proposed_by_id, NEW.approved_by_id)
        IS DISTINCT FROM (OLD.budget_id, OLD.voucher, OLD.cause, OLD.payee, OLD.amount_fen, OLD.proposed_by_id, OLD.approved_by_id)
    THEN
        RAISE EXCEPTION 'What is owed stays what it is.' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER supervisors_payable_guards BEFORE UPDATE ON supervisors_payable
FOR EACH ROW EXECUTE FUNCTION supervisors_payable_guard();
"""
BACKWARD = """
DROP TRIGGER supervisors_payable_guards ON supervisors_payable;
DROP FUNCTION supervisors_payable_guard();
DROP TRIGGER supervisors_payment_guards ON supervisors_payment;
DROP FUNCTION supervisors_payment_guard();
DROP TRIGGER supervisors_entry_books ON supervisors_entry;
DROP FUNCTION supervisors_entry_book();
CREATE FUNCTION supervisors_entry_book() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE supervisors_account SET balance_fen = balance_fen + NEW.amount_fen
    WHERE id = NEW.account_id
      AND budget_id = (SELECT budget_id FROM supervisors_posting WHERE id = NEW.posting_id);
    IF NOT FOUND THEN
        RAISE EXCEPTION 'The account belongs to another budget.' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER supervisors_entry_books AFTER INSERT ON supervisors_entry
FOR EACH ROW EXECUTE FUNCTION supervisors_entry_book();
"""


def enter_layout(apps, schema_editor):
    """Enter the usual columns; the administration changes them to what its bank wants."""
    column = apps.get_model("supervisors", "BankColumn")
    for position, header, content, format_ in LAYOUT:
        column.objects.create(position=position, header=header, content=content, format=format_)


class Migration(migrations.Migration):
    """Add the tables, the triggers and the layout."""

    dependencies = [
        ("core", "0010_policies_of_orders_and_rectification"),
        ("supervisors", "0003_ledger_guards_itself"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="payable",
            name="account_print",
            field=models.BinaryField(null=True),
        ),
        migrations.CreateModel(
            name="BankColumn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(unique=True)),
                ("header", models.CharField(max_length=40, unique=True)),
                (
                    "content",
                    models.CharField(
                        choices=[
                            ("number", "Running number"),
                            ("voucher", "Voucher's code"),
                            ("key", "Number of the payment"),
                            ("amount", "Amount in figures"),
                            ("capitals", "Amount in capitals"),
                            ("holder", "Account holder"),
                            ("bank", "Bank"),
                            ("account", "Account number"),
                            ("text", "The same words in each line"),
                            ("result", "Result (filled in by the bank)"),
                            ("reason", "Reason (filled in by the bank)"),
                        ],
                        max_length=8,
                    ),
                ),
                ("format", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("content", "text"), _negated=True), fields=("content",), name="bank_column_once"
                    ),
                    models.CheckConstraint(condition=models.Q(("header", ""), _negated=True), name="bank_column_has_header"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Batch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=20, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("sending", "Being booked"),
                            ("sent", "With the bank"),
                            ("settled", "Settled"),
                            ("dropped", "Dropped"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("payments_count", models.PositiveIntegerField()),
                ("amount_fen", models.PositiveBigIntegerField()),
                ("created_at", models.DateTimeField()),
                ("sent_at", models.DateTimeField(null=True)),
                ("file_made_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "budget",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="batches", to="supervisors.budget"
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "batches",
            },
        ),
        migrations.CreateModel(
            name="BankResult",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sha256", models.CharField(max_length=64)),
                ("content_sealed", models.BinaryField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Being read"),
                            ("read", "Read, not booked yet"),
                            ("applying", "Being booked"),
                            ("applied", "Booked"),
                            ("refused", "Not readable"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("lines", models.PositiveIntegerField(default=0)),
                ("done", models.PositiveIntegerField(default=0)),
                ("settled", models.PositiveIntegerField(default=0)),
                ("bounced", models.PositiveIntegerField(default=0)),
                ("known", models.PositiveIntegerField(default=0)),
                ("refused", models.PositiveIntegerField(default=0)),
                ("faults", models.JSONField(default=list)),
                ("refusal", models.CharField(blank=True, max_length=200)),
                ("added_at", models.DateTimeField()),
                ("applied_at", models.DateTimeField(null=True)),
                (
                    "added_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "applied_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="results", to="supervisors.batch"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ClawBack",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Asked"),
                            ("approved", "Approved, money not back yet"),
                            ("refused", "Refused"),
                            ("returned", "Money is back"),
                        ],
                        default="asked",
                        max_length=8,
                    ),
                ),
                ("reason", models.CharField(max_length=200)),
                ("asked_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(null=True)),
                ("returned_at", models.DateTimeField(null=True)),
                (
                    "asked_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "payable",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="claw_backs", to="supervisors.payable"
                    ),
                ),
                (
                    "returned_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Payment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=30, unique=True)),
                ("amount_fen", models.PositiveBigIntegerField()),
                ("account_print", models.BinaryField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Planned"),
                            ("sent", "On its way"),
                            ("settled", "Paid out"),
                            ("bounced", "Came back"),
                            ("dropped", "Dropped"),
                        ],
                        default="draft",
                        max_length=8,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=200)),
                ("done_at", models.DateTimeField(null=True)),
                ("result_line", models.PositiveIntegerField(null=True)),
                (
                    "batch",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="payments", to="supervisors.batch"
                    ),
                ),
                (
                    "payable",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="payments", to="supervisors.payable"
                    ),
                ),
                (
                    "result",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payments",
                        to="supervisors.bankresult",
                    ),
                ),
                (
                    "scan",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.storedfile"
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="batch",
            index=models.Index(fields=["state", "-id"], name="batch_by_state"),
        ),
        migrations.AddConstraint(
            model_name="batch",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount_fen__gt", 0), ("payments_count__gt", 0)), name="batch_not_empty"
            ),
        ),
        migrations.AddConstraint(
            model_name="batch",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["draft", "sending", "sent", "settled", "dropped"])), name="batch_state_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="batch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("sent_at__isnull", True), ("sent_by__isnull", True), ("state__in", ["draft", "dropped"])),
                    models.Q(
                        ("sent_at__isnull", False), ("sent_by__isnull", False), ("state__in", ["sending", "sent", "settled"])
                    ),
                    _connector="OR",
                ),
                name="batch_sent_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="batch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", False), ("state__in", ["settled", "dropped"])),
                    models.Q(("ended_at__isnull", True), ("state__in", ["draft", "sending", "sent"])),
                    _connector="OR",
                ),
                name="batch_ended_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="batch",
            constraint=models.CheckConstraint(
                condition=models.Q(("file_made_at__isnull", True), ("sent_at__isnull", False), _connector="OR"),
                name="batch_file_after_send",
            ),
        ),
        migrations.AddIndex(
            model_name="bankresult",
            index=models.Index(fields=["state"], name="bank_result_by_state"),
        ),
        migrations.AddConstraint(
            model_name="bankresult",
            constraint=models.UniqueConstraint(fields=("batch", "sha256"), name="bank_result_once"),
        ),
        migrations.AddConstraint(
            model_name="bankresult",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("applied_at__isnull", True), ("applied_by__isnull", True)),
                    models.Q(
                        ("applied_at__isnull", False), ("applied_by__isnull", False), ("state__in", ["applying", "applied"])
                    ),
                    _connector="OR",
                ),
                name="bank_result_applied_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="bankresult",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("content_sealed__isnull", True), ("state__in", ["applied", "refused"])),
                    models.Q(("content_sealed__isnull", False), ("state__in", ["waiting", "read", "applying"])),
                    _connector="OR",
                ),
                name="bank_result_kept_until_booked",
            ),
        ),
        migrations.AddConstraint(
            model_name="clawback",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "refused"), _negated=True), fields=("payable",), name="claw_back_one_live"
            ),
        ),
        migrations.AddConstraint(
            model_name="clawback",
            constraint=models.CheckConstraint(condition=models.Q(("reason", ""), _negated=True), name="claw_back_has_reason"),
        ),
        migrations.AddConstraint(
            model_name="clawback",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at__isnull", True), ("decided_by__isnull", True), ("state", "asked")),
                    models.Q(
                        ("decided_at__isnull", False),
                        ("decided_by__isnull", False),
                        ("state__in", ["approved", "refused", "returned"]),
                    ),
                    _connector="OR",
                ),
                name="claw_back_decided_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="clawback",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("returned_at__isnull", False), ("returned_by__isnull", False), ("state", "returned")),
                    models.Q(
                        ("returned_at__isnull", True),
                        ("returned_by__isnull", True),
                        ("state__in", ["asked", "approved", "refused"]),
                    ),
                    _connector="OR",
                ),
                name="claw_back_returned_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="clawback",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_by__isnull", True), models.Q(("decided_by", models.F("asked_by")), _negated=True), _connector="OR"
                ),
                name="claw_back_two_people",
            ),
        ),
        migrations.AddIndex(
            model_name="payment",
            index=models.Index(fields=["batch", "state", "id"], name="payment_by_batch"),
        ),
        migrations.AddConstraint(
            model_name="payment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("draft", "sent", "settled"))), fields=("payable",), name="payment_one_live"
            ),
        ),
        migrations.AddConstraint(
            model_name="payment",
            constraint=models.CheckConstraint(condition=models.Q(("amount_fen__gt", 0)), name="payment_positive"),
        ),
        migrations.AddConstraint(
            model_name="payment",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["draft", "sent", "settled", "bounced", "dropped"])), name="payment_state_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="payment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "bounced"), _negated=True), models.Q(("reason", ""), _negated=True), _connector="OR"
                ),
                name="payment_bounced_has_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="payment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("batch__isnull", False), ("scan__isnull", True)),
                    models.Q(("batch__isnull", True), ("result__isnull", True), ("scan__isnull", False), ("state", "settled")),
                    _connector="OR",
                ),
                name="payment_bank_or_cash",
            ),
        ),
        migrations.AddConstraint(
            model_name="payment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("result__isnull", True), ("result_line__isnull", True)),
                    models.Q(("result__isnull", False), ("result_line__isnull", False), ("state__in", ["settled", "bounced"])),
                    _connector="OR",
                ),
                name="payment_result_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="payment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("done_at__isnull", True), ("state__in", ["draft", "sent"])),
                    models.Q(("done_at__isnull", False), ("state__in", ["settled", "bounced", "dropped"])),
                    _connector="OR",
                ),
                name="payment_done_whole",
            ),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
        migrations.RunPython(enter_layout, migrations.RunPython.noop),
    ]
