"""The work list of an agency."""
