"""Supervision of the agencies: cards, chasers, circulars, supervision orders."""
