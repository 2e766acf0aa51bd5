"""What a desk types: `chapar …`, one group of commands a file."""
