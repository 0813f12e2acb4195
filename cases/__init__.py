"""What the office does about a complaint: triage, workflow, deadlines, reminders, findings, reply."""
