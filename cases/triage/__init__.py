"""The triage desk: the cases that wait for acceptance, one after another on one screen, each with what a decision needs."""
