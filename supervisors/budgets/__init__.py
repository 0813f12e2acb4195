"""The pages of the two budgets: what was granted, where the money stands, and every posting."""
