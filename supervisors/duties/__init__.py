"""Duties of supervisors: quotas, tasks, the duty log."""
