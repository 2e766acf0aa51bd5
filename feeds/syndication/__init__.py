"""Feeds out: RSS, Atom and JSON Feed of everything, each province, each agency, breaking news, corrections, any search.

    Article --entry--> Entry --rss | atom | jsonfeed--> Item --catalogue--> Feed --writer--> FEEDS_DIR
                                                                              `----------> feeds.web

`entry` is the only place where an article's words and addresses are made safe for a feed; the three renderers write
down what it gives. Same items, same bytes: dates come from the data, never from the clock. An item is made once
(`items`), a feed only when one of its articles changed, and what is older stands in `archives`.
"""

from feeds.syndication.catalogue import Site
from feeds.syndication.channel import Channel, channels_of
from feeds.syndication.entry import web_address
from feeds.syndication.formats.opml import MEDIA_TYPE as OPML_MEDIA_TYPE
from feeds.syndication.items import FORMATS, Format
from feeds.syndication.writer import OPML_FILE, Written, write

__all__ = [
    "FORMATS",
    "OPML_FILE",
    "OPML_MEDIA_TYPE",
    "Channel",
    "Format",
    "Site",
    "Written",
    "channels_of",
    "web_address",
    "write",
]
