"""The dates of feeds and pages: as the standards say, and as they are found."""
