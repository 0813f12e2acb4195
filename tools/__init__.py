"""Scripts that make calls, outside the portal itself."""
