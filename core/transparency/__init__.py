"""The transparency log: every event is a leaf of a tree that can only grow, and its heads are signed and published."""
