"""Search in the store: few candidates from the index, and their order."""
