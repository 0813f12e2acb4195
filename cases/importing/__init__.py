"""Takes messages from other registers (hotline exports, letters typed in elsewhere) into the house: see docs/importing.md."""
