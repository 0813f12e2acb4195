"""The ways that a case takes between agencies: accepted, referred, given back, handed on, and dealt with by several."""
