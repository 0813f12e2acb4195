"""The Word templates of official letters and the numbers that letters get, as the office keeps them."""
