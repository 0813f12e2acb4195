"""Every write of the complaints room, by subject."""

from .lodging import lodge as lodge
