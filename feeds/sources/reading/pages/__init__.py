"""Pages: the text of an article, a site's list of news, a public channel of Telegram."""
