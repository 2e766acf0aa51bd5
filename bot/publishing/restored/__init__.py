"""A store that was put back: its channels are held, read, and what went out meanwhile is settled, not sent again."""
