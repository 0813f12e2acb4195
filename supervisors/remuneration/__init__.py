"""Remuneration of full-time supervisors: dated rules, a run a month, and how each line of a statement was computed."""
