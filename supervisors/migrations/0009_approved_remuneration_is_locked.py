"""An approved run is locked: it, its statements, their lines and adjustments stay as they are. Rules and adjustments are only added."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION supervisors_remuneration_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'This is only ever added to.' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER supervisors_remunerationrule_append_only BEFORE UPDATE OR DELETE ON supervisors_remunerationrule
FOR EACH ROW EXECUTE FUNCTION supervisors_remuneration_refuse();
CREATE TRIGGER supervisors_remunerationadjustment_append_only BEFORE UPDATE OR DELETE ON supervisors_remunerationadjustment
FOR EACH ROW EXECUTE FUNCTION supervisors_remuneration_refuse();

CREATE FUNCTION supervisors_remuneration_run_lock() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state = 'approved' THEN
        RAISE EXCEPTION 'The run is approved and locked.' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER supervisors_remunerationrun_locks BEFORE UPDATE OR DELETE ON supervisors_remunerationrun
FOR EACH ROW EXECUTE FUNCTION supervisors_remuneration_run_lock();

CREATE FUNCTION supervisors_remuneration_statement_lock() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    run bigint := CASE TG_OP WHEN 'DELETE' THEN OLD.run_id ELSE NEW.run_id END;
BEGIN
    IF (SELECT state FROM supervisors_remunerationrun WHERE id = run) = 'approved' THEN
        RAISE EXCEPTION 'The run is approved and locked.' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER supervisors_remunerationstatement_locks BEFORE INSERT OR UPDATE OR DELETE ON supervisors_remunerationstatement
FOR EACH ROW EXECUTE FUNCTION supervisors_remuneration_statement_lock();

CREATE FUNCTION supervisors_remuneration_part_lock() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    part bigint := CASE TG_OP WHEN 'DELETE' THEN OLD.statement_id ELSE NEW.statement_id END;
BEGIN
    IF (SELECT r.state FROM supervisors_remunerationrun r JOIN supervisors_remunerationstatement s ON s.run_id = r.id
        WHERE s.id = part) = 'approved' THEN
        RAISE EXCEPTION 'The run is approved and locked.' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER supervisors_remunerationline_locks BEFORE INSERT OR UPDATE OR DELETE ON supervisors_remunerationline
FOR EACH ROW EXECUTE FUNCTION supervisors_remuneration_part_lock();
CREATE TRIGGER supervisors_remunerationadjustment_locks BEFORE INSERT ON supervisors_remunerationadjustment
FOR EACH ROW EXECUTE FUNCTION supervisors_remuneration_part_lock();
"""
BACKWARD = """
DROP TRIGGER supervisors_remunerationadjustment_locks ON supervisors_remunerationadjustment;
DROP TRIGGER supervisors_remunerationline_locks ON supervisors_remunerationline;
DROP FUNCTION supervisors_remuneration_part_lock();
DROP TRIGGER supervisors_remunerationstatement_locks ON supervisors_remunerationstatement;
DROP FUNCTION supervisors_remuneration_statement_lock();
DROP TRIGGER supervisors_remunerationrun_locks ON supervisors_remunerationrun;
DROP FUNCTION supervisors_remuneration_run_lock();
DROP TRIGGER supervisors_remunerationadjustment_append_only ON supervisors_remunerationadjustment;
DROP TRIGGER supervisors_remunerationrule_append_only ON supervisors_remunerationrule;
DROP FUNCTION supervisors_remuneration_refuse();
"""


class Migration(migrations.Migration):
    """Add the triggers."""

    dependencies = [("supervisors", "0008_remuneration")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
