"""What a page is made of before it is set: lists, ways to elsewhere, what programs read of it. Pure."""
