"""The ledger guards itself: postings and entries stay as they are, balances follow the entries, and each posting sums to zero."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION supervisors_ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The ledger is append-only.' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER supervisors_posting_append_only BEFORE UPDATE OR DELETE ON supervisors_posting
FOR EACH ROW EXECUTE FUNCTION supervisors_ledger_refuse();
CREATE TRIGGER supervisors_posting_never_emptied BEFORE TRUNCATE ON supervisors_posting
FOR EACH STATEMENT EXECUTE FUNCTION supervisors_ledger_refuse();
CREATE TRIGGER supervisors_entry_append_only BEFORE UPDATE OR DELETE ON supervisors_entry
FOR EACH ROW EXECUTE FUNCTION supervisors_ledger_refuse();
CREATE TRIGGER supervisors_entry_never_emptied BEFORE TRUNCATE ON supervisors_entry
FOR EACH STATEMENT EXECUTE FUNCTION supervisors_ledger_refuse();

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

CREATE FUNCTION supervisors_account_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' AND NEW.balance_fen = 0 THEN
        RETURN NEW;
    END IF;
    -- Only the trigger of an entry may change a balance, and nothing else of an account ever changes.
    IF TG_OP = 'UPDATE' AND pg_trigger_depth() > 1 AND (NEW.id, NEW.budget_id, NEW.name) = (OLD.id, OLD.budget_id, OLD.name) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'Balances follow the entries.' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER supervisors_account_guards BEFORE INSERT OR UPDATE OR DELETE ON supervisors_account
FOR EACH ROW EXECUTE FUNCTION supervisors_account_guard();

CREATE FUNCTION supervisors_posting_balances() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    checked bigint := CASE TG_TABLE_NAME WHEN 'supervisors_entry' THEN (to_jsonb(NEW) ->> 'posting_id')::bigint ELSE NEW.id END;
    sides integer;
    total bigint;
    moved bigint;
BEGIN
    SELECT count(*), coalesce(sum(amount_fen), 0), coalesce(sum(amount_fen) FILTER (WHERE amount_fen > 0), 0)
    INTO sides, total, moved FROM supervisors_entry WHERE posting_id = checked;
    IF sides <> 2 OR total <> 0 OR moved <> (SELECT amount_fen FROM supervisors_posting WHERE id = checked) THEN
        RAISE EXCEPTION 'Posting % does not balance.', checked USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER supervisors_posting_balances AFTER INSERT ON supervisors_posting
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION supervisors_posting_balances();
CREATE CONSTRAINT TRIGGER supervisors_entry_balances AFTER INSERT ON supervisors_entry
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION supervisors_posting_balances();
"""
BACKWARD = """
DROP TRIGGER supervisors_entry_balances ON supervisors_entry;
DROP TRIGGER supervisors_posting_balances ON supervisors_posting;
DROP FUNCTION supervisors_posting_balances();
DROP TRIGGER supervisors_account_guards ON supervisors_account;
DROP FUNCTION supervisors_account_guard();
DROP TRIGGER supervisors_entry_books ON supervisors_entry;
DROP FUNCTION supervisors_entry_book();
DROP TRIGGER supervisors_entry_never_emptied ON supervisors_entry;
DROP TRIGGER supervisors_entry_append_only ON supervisors_entry;
DROP TRIGGER supervisors_posting_never_emptied ON supervisors_posting;
DROP TRIGGER supervisors_posting_append_only ON supervisors_posting;
DROP FUNCTION supervisors_ledger_refuse();
"""


class Migration(migrations.Migration):
    """Add the triggers."""

    dependencies = [("supervisors", "0002_ledger")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
