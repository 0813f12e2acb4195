"""What cannot be done here; the messages are fit to show."""

from core import refusals


class Refused(refusals.Refused):
    """Something that the rules of this room forbid."""
