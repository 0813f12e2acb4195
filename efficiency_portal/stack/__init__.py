"""The stack under the portal on one machine: embedded servers, the demo that runs on them, and clearing up."""
