"""Official letters: which kinds there are, how they are written, numbered and printed."""
