"""Inspections: planned, recorded on a phone with or without a network, and followed until what was found is put right."""
