"""Days, hours and moments as Persians say and write them, by the Jalali calendar."""
