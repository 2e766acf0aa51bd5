"""The articles: how each is saved, changed, held, withdrawn and listed, and which of them are one story."""
