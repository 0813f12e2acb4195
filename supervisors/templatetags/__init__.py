"""Template tags of the supervisors."""
