"""What cannot be done here; the messages are fit to show."""


class Refused(Exception):
    """Something that the rules of this room forbid. `field` is the form field to mend, if any."""

    field: str | None = None
