"""The yearly choice of excellent cases: nominations, the judges' scores, the ranking."""
