"""Feeds over time: when each is polled, what in it is new, and how it does."""
