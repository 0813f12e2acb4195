"""Whether the store has room: a reserve stays free for the database and the log, which a full disk would stop."""

import errno
import shutil

from django.conf import settings
from django.core.files.storage import default_storage

MB = 1_000_000


def is_left() -> bool:
    """Tell whether files can be taken; a store that is no folder of this machine looks after itself."""
    try:
        folder = default_storage.path("")
    except NotImplementedError:
        return True
    try:
        return shutil.disk_usage(folder).free > settings.FILE_STORE_RESERVE_MB * MB
    except FileNotFoundError:
        return True  # nothing was stored yet


def is_missing(error: OSError) -> bool:
    """Tell whether a write failed for want of room."""
    return error.errno in {errno.ENOSPC, errno.EDQUOT}
