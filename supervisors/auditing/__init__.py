"""Proving the books without trusting the program that wrote them."""
