"""What the bot says to those who follow something, or may: what they follow, how they want it, what is stored."""
