"""What must be true of the books, each as a question to the database whose answer is every row that breaks it.

The questions trust neither triggers nor constraints nor the program: each is put to the bare rows.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import connection
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from supervisors.ledger.moves import MOVES


@dataclass(frozen=True)
class Check:
    """One truth. `sql` gives a row for each breach: what breaks it, and how."""

    name: str
    title: str | Promise
    sql: str


@dataclass(frozen=True)
class Breach:
    """A row that breaks a truth."""

    check: Check
    subject: str
    how: str


MOST_TOLD = 20  # breaches of one check that are named; the others are counted

_LINES = ", ".join(f"('{move}', '{source}', '{target}')" for move, (source, target) in MOVES.items())
_MOVES = f"WITH moves (move, source, target) AS (VALUES {_LINES})"

# By state of what is owed: what must stand on committed, sent and paid for it.
_STANDING = """
WITH standing AS (SELECT p.id, p.voucher, p.state, p.amount_fen, p.budget_id,
  coalesce(sum(e.amount_fen) FILTER (WHERE a.name = 'committed'), 0) AS committed,
  coalesce(sum(e.amount_fen) FILTER (WHERE a.name = 'sent'), 0) AS sent,
  coalesce(sum(e.amount_fen) FILTER (WHERE a.name = 'paid'), 0) AS paid
FROM supervisors_payable p
LEFT JOIN supervisors_posting o ON o.cause = 'payable:' || p.id
LEFT JOIN supervisors_entry e ON e.posting_id = o.id
LEFT JOIN supervisors_account a ON a.id = e.account_id
GROUP BY p.id)
"""

CHECKS: tuple[Check, ...] = (
    Check(
        "posting_sums",
        _("Each posting has two entries that sum to zero and make up its amount"),
        """
SELECT 'posting:' || o.id, 'entries ' || count(e.id) || ', sum ' || coalesce(sum(e.amount_fen), 0)
FROM supervisors_posting o LEFT JOIN supervisors_entry e ON e.posting_id = o.id GROUP BY o.id
HAVING count(e.id) <> 2 OR sum(e.amount_fen) <> 0 OR sum(e.amount_fen) FILTER (WHERE e.amount_fen > 0) <> o.amount_fen
""",
    ),
    Check(
        "posting_moves",
        _("Each posting moves money between the accounts of its move, within its budget"),
        _MOVES
        + """
SELECT 'posting:' || o.id, o.move || ' on ' || coalesce(a.name, '?')
FROM supervisors_posting o JOIN supervisors_entry e ON e.posting_id = o.id
LEFT JOIN supervisors_account a ON a.id = e.account_id
LEFT JOIN moves m ON m.move = o.move
WHERE a.budget_id IS DISTINCT FROM o.budget_id
  OR a.name IS DISTINCT FROM CASE WHEN e.amount_fen < 0 THEN m.source ELSE m.target END
""",
    ),
    Check(
        "account_balances",
        _("Each account's balance is the sum of its entries, and none is overdrawn"),
        """
SELECT 'account:' || a.id, 'balance ' || a.balance_fen || ', entries ' || coalesce(sum(e.amount_fen), 0)
FROM supervisors_account a LEFT JOIN supervisors_entry e ON e.account_id = a.id GROUP BY a.id
HAVING a.balance_fen <> coalesce(sum(e.amount_fen), 0)
  OR CASE WHEN a.name = 'granted' THEN a.balance_fen > 0 ELSE a.balance_fen < 0 END
""",
    ),
    Check(
        "budget_sums",
        _("Each budget has five accounts that sum to zero"),
        """
SELECT 'budget:' || b.id, 'accounts ' || count(a.id) || ', sum ' || coalesce(sum(a.balance_fen), 0)
FROM supervisors_budget b LEFT JOIN supervisors_account a ON a.budget_id = b.id GROUP BY b.id
HAVING count(a.id) <> 5 OR sum(a.balance_fen) <> 0
""",
    ),
    Check(
        "payable_committed",
        _("Each amount owed was committed once, in its budget and to the fen"),
        """
SELECT 'payable:' || p.id, 'commitments ' || count(o.id)
FROM supervisors_payable p LEFT JOIN supervisors_posting o ON o.cause = 'payable:' || p.id AND o.move = 'commit'
GROUP BY p.id
HAVING count(o.id) <> 1 OR min(o.amount_fen) <> p.amount_fen OR min(o.budget_id) <> p.budget_id
  OR min(o.key) <> 'commit:' || p.cause
""",
    ),
    Check(
        "payable_standing",
        _("What is owed, on its way or paid stands in the account of that name"),
        _STANDING
        + """
SELECT 'payable:' || id, state || ': committed ' || committed || ', sent ' || sent || ', paid ' || paid
FROM standing
WHERE (committed, sent, paid) <> (
  CASE WHEN state = 'owed' THEN amount_fen ELSE 0 END,
  CASE WHEN state = 'sent' THEN amount_fen ELSE 0 END,
  CASE WHEN state = 'paid' THEN amount_fen ELSE 0 END)
""",
    ),
    Check(
        "posting_causes",
        _("Each posting on an amount owed names one that exists"),
        """
SELECT 'posting:' || o.id, o.move || ' ' || o.cause FROM supervisors_posting o
LEFT JOIN supervisors_payable p ON o.cause = 'payable:' || p.id
LEFT JOIN supervisors_budget b ON o.cause = 'budget:' || b.id AND b.id = o.budget_id
WHERE CASE WHEN o.move IN ('grant', 'cut') THEN b.id IS NULL ELSE p.id IS NULL OR p.budget_id <> o.budget_id END
""",
    ),
    Check(
        "payment_postings",
        _("Each payment has exactly the postings of its state, and no posting is without its payment"),
        """
SELECT coalesce('payment:' || x.id, 'posting:' || o.id),
  coalesce(x.state, '-') || ' / ' || coalesce(o.key, 'no posting ' || x.move)
FROM (
  SELECT y.id, y.state, y.amount_fen, y.payable_id, m.move FROM supervisors_payment y
  JOIN (VALUES ('sent', 'send'), ('settled', 'send'), ('settled', 'settle'), ('bounced', 'send'), ('bounced', 'bounce'))
    AS m (state, move) ON m.state = y.state
) AS x
FULL JOIN (SELECT * FROM supervisors_posting WHERE move IN ('send', 'settle', 'bounce')) AS o
  ON o.key = x.move || ':payment:' || x.id
WHERE x.id IS NULL OR o.id IS NULL OR o.amount_fen <> x.amount_fen OR o.move <> x.move OR o.cause <> 'payable:' || x.payable_id
""",
    ),
    Check(
        "payment_amounts",
        _("Each payment is of the amount owed, and of its batch's budget"),
        """
SELECT 'payment:' || y.id, 'payment ' || y.amount_fen || ', owed ' || p.amount_fen
FROM supervisors_payment y JOIN supervisors_payable p ON p.id = y.payable_id
LEFT JOIN supervisors_batch t ON t.id = y.batch_id
WHERE y.amount_fen <> p.amount_fen OR t.budget_id <> p.budget_id
""",
    ),
    Check(
        "payable_payments",
        _("Nothing is paid twice: at most one live payment, in step with the state of what is owed"),
        """
SELECT 'payable:' || p.id, p.state || ', live ' || count(y.id) FILTER (WHERE y.state IN ('draft', 'sent', 'settled'))
FROM supervisors_payable p LEFT JOIN supervisors_payment y ON y.payable_id = p.id GROUP BY p.id
HAVING count(y.id) FILTER (WHERE y.state IN ('draft', 'sent', 'settled')) > 1
  OR count(y.id) FILTER (WHERE y.state = 'sent') <> CASE WHEN p.state = 'sent' THEN 1 ELSE 0 END
  OR count(y.id) FILTER (WHERE y.state = 'settled') <> CASE WHEN p.state IN ('paid', 'clawed_back') THEN 1 ELSE 0 END
  OR count(y.id) FILTER (WHERE y.state = 'draft') > CASE WHEN p.state = 'owed' THEN 1 ELSE 0 END
""",
    ),
    Check(
        "payment_proofs",
        _("Each payment that is done has a line of the bank or the scan of a signed voucher"),
        """
SELECT 'payment:' || y.id, y.state FROM supervisors_payment y
LEFT JOIN supervisors_bankresult r ON r.id = y.result_id LEFT JOIN supervisors_batch t ON t.id = y.batch_id
WHERE (y.batch_id IS NULL AND y.scan_id IS NULL)
  OR (y.batch_id IS NOT NULL AND y.state = 'settled' AND (y.result_line IS NULL OR r.batch_id IS DISTINCT FROM y.batch_id))
  OR (y.batch_id IS NOT NULL AND y.state = 'bounced' AND y.result_id IS NULL AND t.file_made_at IS NOT NULL)
""",
    ),
    Check(
        "three_people",
        _("Who proposed, who approved and who paid are three people"),
        """
SELECT 'payable:' || p.id, 'proposed ' || p.proposed_by_id || ', approved ' || p.approved_by_id
  || ', sent ' || coalesce(o.posted_by_id::text, '-')
FROM supervisors_payable p
LEFT JOIN supervisors_posting o ON o.cause = 'payable:' || p.id AND o.move = 'send'
WHERE p.proposed_by_id = p.approved_by_id OR p.paid_by_id IN (p.proposed_by_id, p.approved_by_id)
  OR o.posted_by_id IN (p.proposed_by_id, p.approved_by_id)
""",
    ),
    Check(
        "keys",
        _("No key comes twice"),
        """
SELECT 'key:' || key, 'times ' || count(*) FROM supervisors_posting GROUP BY key HAVING count(*) > 1
UNION ALL
SELECT 'key:' || key, 'times ' || count(*) FROM supervisors_payment GROUP BY key HAVING count(*) > 1
UNION ALL
SELECT 'payment:' || y.id, y.key FROM supervisors_payment y JOIN supervisors_payable p ON p.id = y.payable_id
WHERE y.key NOT LIKE p.voucher || '/%'
""",
    ),
    Check(
        "batch_totals",
        _("Each batch holds what it says, and none is settled while a payment is on its way"),
        """
SELECT 'batch:' || t.id, t.state || ', payments ' || count(y.id) || ', sum ' || coalesce(sum(y.amount_fen), 0)
FROM supervisors_batch t LEFT JOIN supervisors_payment y ON y.batch_id = t.id GROUP BY t.id
HAVING count(y.id) <> t.payments_count OR coalesce(sum(y.amount_fen), 0) <> t.amount_fen
  OR (t.state = 'settled' AND count(y.id) FILTER (WHERE y.state IN ('draft', 'sent')) > 0)
  OR (t.state = 'draft' AND count(y.id) FILTER (WHERE y.state <> 'draft') > 0)
""",
    ),
    Check(
        "claw_backs",
        _("Money that is back was asked back by one person and approved by another"),
        """
SELECT 'payable:' || p.id, p.state || ', claw-backs ' || count(c.id)
FROM supervisors_payable p LEFT JOIN supervisors_clawback c ON c.payable_id = p.id AND c.state = 'returned'
LEFT JOIN supervisors_posting o ON o.cause = 'payable:' || p.id AND o.move = 'claw_back'
GROUP BY p.id
HAVING count(c.id) <> CASE WHEN p.state = 'clawed_back' THEN 1 ELSE 0 END
  OR count(o.id) <> CASE WHEN p.state = 'clawed_back' THEN 1 ELSE 0 END
  OR bool_or(c.asked_by_id = c.decided_by_id)
""",
    ),
    Check(
        "statement_sums",
        _("Each statement of remuneration is the sum of its lines and adjustments"),
        """
SELECT 'statement:' || s.id, 'total ' || s.total_fen || ', lines ' || l.fen || ', adjustments ' || a.fen
FROM supervisors_remunerationstatement s
CROSS JOIN LATERAL (
  SELECT coalesce(sum(amount_fen), 0) AS fen FROM supervisors_remunerationline WHERE statement_id = s.id) AS l
CROSS JOIN LATERAL (
  SELECT coalesce(sum(amount_fen), 0) AS fen FROM supervisors_remunerationadjustment WHERE statement_id = s.id) AS a
WHERE s.total_fen <> l.fen + a.fen
""",
    ),
    Check(
        "statement_payables",
        _("Each approved statement above zero is owed once, to the fen and to whom it is for, and nothing else is"),
        """
SELECT coalesce('statement:' || s.id, 'payable:' || p.id),
  coalesce(s.total_fen::text, '-') || ' / ' || coalesce(p.amount_fen::text, '-')
FROM (
  SELECT s.*, r.budget_id, r.computed_by_id, r.approved_by_id FROM supervisors_remunerationstatement s
  JOIN supervisors_remunerationrun r ON r.id = s.run_id WHERE r.state = 'approved' AND s.total_fen > 0
) AS s
FULL JOIN (SELECT * FROM supervisors_payable WHERE cause LIKE 'remuneration:%') AS p ON p.id = s.payable_id
WHERE s.id IS NULL OR p.id IS NULL OR p.amount_fen <> s.total_fen OR p.cause <> 'remuneration:' || s.id
  OR p.payee <> 'supervisor:' || s.supervisor_id OR p.budget_id <> s.budget_id
  OR p.proposed_by_id <> s.computed_by_id OR p.approved_by_id <> s.approved_by_id
""",
    ),
    Check(
        "run_people",
        _("Who computed or adjusted a run did not approve it, and its total is what its statements pay"),
        """
SELECT 'run:' || r.id, r.state || ', total ' || r.total_fen FROM supervisors_remunerationrun r
WHERE r.approved_by_id = r.computed_by_id
  OR EXISTS (SELECT 1 FROM supervisors_remunerationadjustment a JOIN supervisors_remunerationstatement s ON s.id = a.statement_id
    WHERE s.run_id = r.id AND a.made_by_id = r.approved_by_id)
  OR r.state <> 'computing' AND r.total_fen <> (SELECT coalesce(sum(s.total_fen) FILTER (WHERE s.total_fen > 0), 0)
    FROM supervisors_remunerationstatement s WHERE s.run_id = r.id)
""",
    ),
)


def breaches(checks: Sequence[Check] = CHECKS) -> Iterator[tuple[Check, int, list[Breach]]]:
    """Put each question, and yield how many rows break it, the first of them named."""
    for check in checks:
        with connection.cursor() as cursor:
            cursor.execute(check.sql)
            found = cursor.fetchall()
        yield check, len(found), [Breach(check, str(row[0]), str(row[1])) for row in found[:MOST_TOLD]]
