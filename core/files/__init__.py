"""Takes uploads in and gives cleaned copies and previews out. A file is checked by its ending, its first bytes and a real decode.

The original is kept sealed by the vault as evidence; the cleaned copy (no position, device or author) is what anyone opens, and
nobody opens it before a configured scanner has found nothing. Storage is Django's storage API under random names.
"""

from core.cleaning.kinds import ENDINGS as _ENDINGS
from core.cleaning.refusal import MAX_PAGES as MAX_PAGES
from core.cleaning.refusal import MAX_PIXELS as MAX_PIXELS

from .intake import Examined as Examined
from .intake import announced as announced
from .intake import examine as examine
from .refusals import FileRefused as FileRefused
from .storing import NotViewable as NotViewable
from .storing import Opened as Opened
from .storing import clean_copy as clean_copy
from .storing import erase as erase
from .storing import forget as forget
from .storing import name_of as name_of
from .storing import opened as opened
from .storing import preview as preview
from .storing import store as store
from .storing import store_upload as store_upload

ACCEPT = ",".join(_ENDINGS)
