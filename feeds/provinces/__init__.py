"""Which province an article is about, and which one a person means."""
