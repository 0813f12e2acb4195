"""Matters that were filed twice: found at the door, compared side by side, merged and parted again."""
