"""What comes after the end: a case is opened again, put into the archive, or watched as a problem case."""
