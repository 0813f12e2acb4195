"""Who signs in: office staff, people of the agencies, helper units, supervisors; their roles."""
