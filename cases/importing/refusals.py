"""Why an import stops or leaves out a row; the messages are fit to show, and of what a row says hold its date at most."""


class FileRefused(Exception):
    """The file as a whole cannot be taken; nothing of it has been written."""


class RowRefused(Exception):
    """One row cannot be taken; the others can."""
