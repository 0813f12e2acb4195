"""Decodes a stranger's file for real and writes it anew without metadata.

Runs as a process of its own (`python -m core.cleaning MEDIA_TYPE`, file on standard input) with little memory, little time, no
files and no secrets in its environment, so that a hostile file costs one refusal. Nothing in here knows Django.
"""
