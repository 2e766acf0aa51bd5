"""The running service, and everything that speaks Telegram."""
