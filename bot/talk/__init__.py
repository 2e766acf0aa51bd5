"""The bot that people use: what it understands, what it answers, and what it tells the desk."""
