"""The event log refuses to be emptied in one go: a row trigger does not see TRUNCATE."""

from django.db import migrations

FORWARD = """
CREATE TRIGGER core_event_never_emptied BEFORE TRUNCATE ON core_event
FOR EACH STATEMENT EXECUTE FUNCTION core_event_refuse();
"""
BACKWARD = "DROP TRIGGER core_event_never_emptied ON core_event;"


class Migration(migrations.Migration):
    """Add the trigger."""

    dependencies = [("core", "0004_files_have_previews_and_verdicts")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
