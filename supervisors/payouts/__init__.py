"""Batches for the bank, the bank's answers, cash against a signed voucher, and what is paid back."""
