"""The pages on which paid money is asked back, decided on, and noted as returned."""
