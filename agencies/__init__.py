"""Whom the office oversees: the tree of agencies, their posts and the people in them."""
