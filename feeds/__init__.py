"""Articles, from source to feed. Knows nothing of Telegram; synchronous."""
