"""The two budgets as double-entry ledgers in whole fen: what moves between which accounts."""
