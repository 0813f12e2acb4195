"""Tips of supervisors, about any agency and their own too, under which no name stands."""
