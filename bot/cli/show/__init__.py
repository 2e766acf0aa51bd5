"""What the terminal shows of a post and of a trial."""
