"""How good the office's own work was: the quality sheet of a case, and accountability for wrong cases."""
