"""Persian text: set right for readers, folded for search, parted into sentences."""
