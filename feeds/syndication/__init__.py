"""Feeds out: RSS, Atom and JSON Feed of everything and of each province, with equal items.

    Article --entry--> Entry --rss | atom | jsonfeed--> bytes --files--> FEEDS_DIR

`entry` is the only place where an article's words and addresses are made safe for a feed; the three renderers write
down what it gives. Same items, same bytes: dates come from the data, never from the clock.
"""

from feeds.syndication.channel import Channel, channels_of
from feeds.syndication.entry import web_address
from feeds.syndication.opml import MEDIA_TYPE as OPML_MEDIA_TYPE
from feeds.syndication.writer import FORMATS, OPML_FILE, Format, Written, write

__all__ = [
    "FORMATS",
    "OPML_FILE",
    "OPML_MEDIA_TYPE",
    "Channel",
    "Format",
    "Written",
    "channels_of",
    "web_address",
    "write",
]
