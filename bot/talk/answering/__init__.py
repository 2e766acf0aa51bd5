"""What the bot says beside its lists of articles: a whole article, a text that was checked, a place, inline results."""
