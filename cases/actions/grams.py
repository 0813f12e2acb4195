"""Counts how common two-character grams are, from a sample; the search asks for it before it chooses its way."""

from datetime import datetime

from django.db import connection, transaction

from cases.models import Gram
from cases.phrases import gram_of

SAMPLE = 20_000
# A gram that fewer texts hold than this share of them is rare: nothing about it is kept.
RARE_BELOW = 0.002
_COUNT = """
SELECT gram, count(*), (SELECT count(*) FROM sample) FROM
    (SELECT DISTINCT id, unnest(portal_grams(portal_search_text(
        title, working_copy, wish_copy, respondent, place, agency_words))) AS gram FROM sample)
AS grams GROUP BY gram HAVING count(*) >= %(share)s * (SELECT count(*) FROM sample)
"""
_SAMPLES = {
    True: "WITH sample AS MATERIALIZED (SELECT * FROM complaints_complaint)",
    False: "WITH sample AS MATERIALIZED (SELECT * FROM complaints_complaint TABLESAMPLE SYSTEM (%(percent)s))",
}


@transaction.atomic
def count_grams(*, at: datetime) -> int:
    """Count anew, scaled to all texts, and return how many common grams were found. One count at a time."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('cases.count_grams'))")
        cursor.execute("SELECT greatest(reltuples, 0) FROM pg_class WHERE oid = 'complaints_complaint'::regclass")
        rows = int(cursor.fetchone()[0])
        whole = rows <= SAMPLE
        percent = min(100.0, 100.0 * SAMPLE / max(rows, 1))
        cursor.execute(_SAMPLES[whole] + _COUNT, {"share": RARE_BELOW, "percent": percent})
        found = cursor.fetchall()
    Gram.objects.all().delete()
    found = [(gram_of(code), number * max(rows, sampled) // max(sampled, 1)) for code, number, sampled in found]
    Gram.objects.bulk_create(Gram(gram=gram, texts=texts, counted_at=at) for gram, texts in found if "\0" not in gram)
    return len(found)
