"""The office's eyes: volunteer and full-time supervisors."""
