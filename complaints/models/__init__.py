"""Tables of what the public lodges. Personal data stands in sealed columns only (`core.vault`)."""

from .choices import Channel, Disclosure, Identity, Kind, Satisfaction
from .drafts import Draft, DraftFile, PhoneProof, Upload, UploadChunk
from .following import EarlierRating, Message, Rating, ReviewRequest, RewardClaim, Withdrawal
from .keeping import Hold, RetentionPolicy
from .matters import Complaint, Consent, Evidence, FilingConsent, TextPrint
from .people import UNCONFIRMED, Complainant, IdentityCheck, Representative

__all__ = [
    "UNCONFIRMED",
    "Channel",
    "Complainant",
    "Complaint",
    "Consent",
    "Disclosure",
    "Draft",
    "DraftFile",
    "EarlierRating",
    "Evidence",
    "FilingConsent",
    "Hold",
    "Identity",
    "IdentityCheck",
    "Kind",
    "Message",
    "PhoneProof",
    "Rating",
    "Representative",
    "RetentionPolicy",
    "ReviewRequest",
    "RewardClaim",
    "Satisfaction",
    "TextPrint",
    "Upload",
    "UploadChunk",
    "Withdrawal",
]
