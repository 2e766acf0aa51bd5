"""Those who follow something: what, how they want it, what is announced to them, and what they got."""
