"""How long the personal data of a case is kept, as the office sees it, and the hold that keeps it longer."""
