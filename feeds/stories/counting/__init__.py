"""What a text counts: numbers with what they are of, read without guessing."""
