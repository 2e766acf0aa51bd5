"""`chapar doctor`: what must be in place, and what to do where it isn't."""
