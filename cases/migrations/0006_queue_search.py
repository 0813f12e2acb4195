"""Search in Chinese by two-character grams, and the indexes on which the queue's lists and counts walk."""

import datetime

import django.db.models.functions.comparison
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models

# What officers may search in a complaint, as one text: compatibility forms folded, ASCII letters small. Only functions of
# pg_catalog and nothing that depends on a locale, so that a dump restores and an upgrade of the C library breaks no index.
# Full-width punctuation, which nearly every text has, is folded by hand: what is left mostly is normal already, and asking
# whether it is costs a quarter of normalizing it.
SEARCH_TEXT = """
CREATE FUNCTION portal_search_text(title text, narrative text, wish text, respondent text, place text, agency text)
RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 100 AS $$
DECLARE
    words text := translate(
        title || chr(10) || narrative || chr(10) || wish || chr(10) || respondent || chr(10) || place || chr(10) || agency,
        E'\\uff0c\\uff1a\\uff1b\\uff08\\uff09\\uff1f\\uff01\\uff0a\\uff5e\\u2026', ',:;()?!*~.');
BEGIN
    IF words IS NOT NFKC NORMALIZED THEN
        words := normalize(words, NFKC);
    END IF;
    RETURN lower(words COLLATE "C");
END
$$
"""
# Every two neighbouring characters as one number (sixteen bits each), unless a blank or a punctuation mark is among them.
GRAMS = """
CREATE FUNCTION portal_grams(words text)
RETURNS integer[] LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 5000 AS $$
DECLARE
    one text;
    before integer := 32;
    here integer;
    found integer[] := '{}';
BEGIN
    FOREACH one IN ARRAY string_to_array(translate(words,
        E' \\t\\n\\r!"#$%&\\'()*+,-./:;<=>?@[]^_`{|}~\\\\\\u3002\\u3001\\u300a\\u300b\\u3008\\u3009\\u3010\\u3011\\u300c\\u300d\\u300e\\u300f\\u3014\\u3015\\u201c\\u201d\\u2018\\u2019\\u2014\\u00b7\\u2022\\u00a5',
        repeat(' ', 80)), NULL)
    LOOP
        here := ascii(one);
        IF before <> 32 AND here <> 32 THEN
            found := found || (((before & 65535)::bigint << 16) + (here & 65535) - 2147483648)::integer;
        END IF;
        before := here;
    END LOOP;
    RETURN found;
END
$$
"""
INDEX = """
CREATE INDEX CONCURRENTLY IF NOT EXISTS complaint_grams ON complaints_complaint
USING gin (portal_grams(portal_search_text(title, working_copy, wish_copy, respondent, place, agency_words))) WITH (fastupdate = off)
"""
OPEN = ["triage", "accepted", "dispatched", "received", "handling", "reported", "approved", "replied", "followed_up"]
NEVER = datetime.datetime(9999, 12, 31, tzinfo=datetime.UTC)


class Migration(migrations.Migration):
    atomic = False  # indexes are built beside the running portal

    dependencies = [
        ("cases", "0005_limits_move_and_searches_stay"),
        ("complaints", "0005_first_retention_policy"),
    ]

    operations = [
        migrations.RunSQL(
            SEARCH_TEXT,
            "DROP FUNCTION portal_search_text(text, text, text, text, text, text)",
        ),
        migrations.RunSQL(GRAMS, "DROP FUNCTION portal_grams(text)"),
        migrations.RunSQL(INDEX, "DROP INDEX CONCURRENTLY IF EXISTS complaint_grams"),
        AddIndexConcurrently(
            model_name="case",
            index=models.Index(
                django.db.models.functions.comparison.Coalesce("due_at", models.Value(NEVER)),
                models.F("id"),
                condition=models.Q(("status__in", OPEN)),
                name="case_queue_whole",
            ),
        ),
        AddIndexConcurrently(
            model_name="case",
            index=models.Index(
                fields=["handler", "due_at"], condition=models.Q(("status__in", OPEN)), name="case_open_by_handler"
            ),
        ),
        AddIndexConcurrently(
            model_name="deadline",
            index=models.Index(
                fields=["step", "case"], condition=models.Q(("closed_at__isnull", True)), name="deadline_open_by_step"
            ),
        ),
    ]
