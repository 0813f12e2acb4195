"""Officers enter what reaches the office by telephone, by letter or in person."""
