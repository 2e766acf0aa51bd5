"""What people ask of the news: the newest, a search, a province, a day to keep, a feed; one command a file."""
