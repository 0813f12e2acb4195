"""The event log refuses to be changed: Postgres itself says no to UPDATE and DELETE."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION core_event_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The event log is append-only.' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER core_event_append_only BEFORE UPDATE OR DELETE ON core_event
FOR EACH ROW EXECUTE FUNCTION core_event_refuse();
"""
BACKWARD = "DROP TRIGGER core_event_append_only ON core_event; DROP FUNCTION core_event_refuse();"


class Migration(migrations.Migration):
    """Add the trigger."""

    dependencies = [("core", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
