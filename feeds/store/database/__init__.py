"""The database itself: its tables, how they come about, and how it is spoken to."""
