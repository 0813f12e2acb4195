"""The page of one agency: how it stands with what was sent to it."""
