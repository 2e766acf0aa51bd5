"""What a post looks like. Pure: an article in, lines of text and their markup out."""
