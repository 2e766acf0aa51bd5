"""A node: what runs when, who leads, where it listens, and what it logs."""
