"""How quick the portal is, beside the same work done bare. `make bench` runs it; machines are noisy, so ratios count."""
