"""Recruitment: calls, candidacies, appointment."""
