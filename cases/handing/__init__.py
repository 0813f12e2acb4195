"""A post or the work of an officer changes hands: what goes with it, the list, and the successor's word."""
