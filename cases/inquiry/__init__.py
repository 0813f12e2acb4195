"""What the office finds out about a case: notes, investigation records, allegations, cost, recusal."""
