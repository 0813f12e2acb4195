"""The clock of a case: asking for more time, and standing still."""
