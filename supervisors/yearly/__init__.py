"""A supervisor's year: what was done, what came of it and what was paid, month by month."""
