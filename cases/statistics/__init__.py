"""How the office does: figures of a period, the monthly report, tables to take away."""
