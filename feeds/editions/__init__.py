"""A day of a province (or of the country) to keep: for people who lose their connection for days.

    gather(store, day, province) -> Edition -- as_html | as_epub | picture --> bytes

`gather` reads the store; the rest is pure. A file is whole in itself: its letters, its map and its texts, nothing is
fetched when it is read.
"""

from feeds.editions.epub import EPUB, as_epub
from feeds.editions.gathering import Edition, gather
from feeds.editions.page import HTML, as_html
from feeds.editions.picture import PNG, card, picture

__all__ = ["EPUB", "HTML", "PNG", "Edition", "as_epub", "as_html", "card", "gather", "picture"]
