"""How answers leave: made once, kept while they are true, sent before any routing."""
