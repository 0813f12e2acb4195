"""What the public fills in: the questions of a filing, tracking, rating."""
