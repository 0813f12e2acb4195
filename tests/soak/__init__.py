"""Long runs with real processes: `make soak`."""
