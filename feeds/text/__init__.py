"""Persian text: set right for readers, folded for search, dated in the Jalali calendar."""
