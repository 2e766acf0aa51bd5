"""The news agencies of Iran: what they are called, where they live, and how they number their articles."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from urllib.parse import urlsplit

from feeds.text.agency_names import NAMES_OF
from feeds.text.spelling import Respelling

# A year or a day of a site that sorts its links by date is not an article's number.
_NEWS_NUMBER = r"/(?:news|photo|video|live)/(?!(?:13|14|20)\d{6}(?:/|$))(\d{5,})(?:/[^/]*)?/?$"


@dataclass(frozen=True, slots=True)
class Agency:
    """A news agency or news site."""

    name: str
    """As readers call it: «مهر»."""
    hosts: tuple[str, ...]
    """Domains; their subdomains belong to it."""
    number: str = _NEWS_NUMBER
    """Where its links hold the number of an article, which stays when the headline in the link is edited."""
    site: bool = False
    """A news site: its name stands alone, without «خبرگزاری»."""

    @property
    def full_name(self) -> str:
        """As it signs: «خبرگزاری مهر», «خبرآنلاین»."""
        return self.name if self.site else f"خبرگزاری {self.name}"


AGENCIES: tuple[Agency, ...] = (
    Agency("مهر", ("mehrnews.com",)),
    Agency("ایرنا", ("irna.ir",)),
    Agency("ایسنا", ("isna.ir",), r"/(?:news|photo|video|xd\w+)/([\d-]*\d{6,})"),
    Agency("فارس", ("farsnews.ir", "farsnews.com"), r"/(?:news/|[^/]+/news/)?(\d{10,})"),
    Agency("تسنیم", ("tasnimnews.com", "tasnimnews.ir"), r"/news/\d{4}/\d{1,2}/\d{1,2}/(\d+)"),
    Agency("خبرآنلاین", ("khabaronline.ir",), site=True),
    Agency("همشهری آنلاین", ("hamshahrionline.ir",), site=True),
    Agency("صدا و سیما", ("iribnews.ir",)),
    Agency("باشگاه خبرنگاران جوان", ("yjc.ir",), site=True),
    Agency("ایلنا", ("ilna.ir", "ilna.news"), r"/(?:[^/]*-)?(\d{5,})-"),
    Agency("ایمنا", ("imna.ir",)),
    Agency("ایکنا", ("iqna.ir",)),
    Agency("ایبنا", ("ibna.ir",)),
    Agency("ایسکانیوز", ("iscanews.ir",), site=True),
    Agency("برنا", ("borna.news",)),
    Agency("پانا", ("pana.ir",)),
    Agency("حوزه", ("hawzahnews.com",)),
    Agency("رسا", ("rasanews.ir",)),
    Agency("شبستان", ("shabestan.ir", "shabestan.news")),
    Agency("شانا", ("shana.ir",)),
    Agency("میزان", ("mizanonline.ir", "mizan.news")),
    Agency("دانشجو", ("snn.ir",)),
    Agency("دفاع مقدس", ("defapress.ir",)),
    Agency("موج", ("mojnews.com",)),
    Agency("آنا", ("ana.ir", "ana.press")),
    Agency("قدس آنلاین", ("qudsonline.ir",), site=True),
    Agency("کردپرس", ("kurdpress.com",), site=True),
    Agency("ایانا", ("iana.ir",)),
    Agency("مرصاد", ("mersadnews.ir",), site=True),
)


in_one_spelling = Respelling({"ي": "ی", "ك": "ک", **dict.fromkeys("ۀة", "ه")})


def names_one(title: str) -> bool:
    """Whether a title says that what it stands over is an agency's: «خبرگزاری مهر | قم», «ایسنا»."""
    words = " ".join(in_one_spelling(title).replace("\u200c", " ").split())
    names = [name for spellings in NAMES_OF.values() for name in spellings]
    return words in names or re.search(rf"خبرگزاری (?:{'|'.join(map(re.escape, names))})(?!\w)", words) is not None


def of_url(url: str) -> Agency | None:
    """The agency that an address belongs to, if it is known."""
    return _of_host(_host(url).partition(":")[0])


def _of_host(host: str) -> Agency | None:
    homes = _by_home()
    while host:
        if (agency := homes.get(host)) is not None:
            return agency
        host = host.partition(".")[2]
    return None


@cache
def _by_home() -> dict[str, Agency]:
    return {home: agency for agency in AGENCIES for home in agency.hosts}


def voice_of(feed: str, declared: str = "") -> str:
    """The domain in whose name a feed speaks, "" for one that speaks for itself alone.

    A feed speaks for an agency where it lies on the agency's own host, or where the desk declares it. Nothing that a
    feed says of itself counts, nor where its entries link to: a proxy (feedburner) is not the agency, unless declared.

    Args:
        feed: Where the feed came from.
        declared: What the desk says: a domain, of an agency that is known here or of any site.
    """
    agency = of_url(f"https://{declared}/" if declared else feed)
    return agency.hosts[0] if agency else declared.lower().removeprefix("www.").rstrip(".")


def identity(url: str, guid: str = "", voice: str = "") -> tuple[str, str]:
    """Whose an entry of a feed is and what it is called there, for ever: (home, key).

    The home is the domain in whose name the feed speaks where the link (or a guid that is a link) has that site's
    number for the article: then the same article in another feed of the agency is the same article. It is "" for an
    entry that only its feed can name: so are all entries of a feed that speaks for nobody else, whoever's number they
    show. An aggregator's entry is told under the aggregator's own name, because its words are the aggregator's, though
    the link leads to the agency; where the agency's feed gives the same, the two become one story, which names each for
    what it said.

    A number counts on its own host: another site, or another edition of the same one, counts from one too. Slugs change
    when a headline is edited, and so do schemes, `www.`, encodings and tracking parameters: none of them is part of the
    key. A fragment is: a live page holds many reports. The key is "" where the entry has no name of its own.

    Args:
        url: The entry's link.
        guid: Its guid, as it stands there.
        voice: In whose name the feed speaks, see `voice_of`.
    """
    for address in (url, guid):
        host, number = _numbered(address)
        if not number:
            continue
        agency = _of_host(host)
        home = agency.hosts[0] if agency else voice if voice and _within(host.partition(":")[0], voice) else ""
        if home and home == voice:
            return home, number if host in (*(agency.hosts if agency else ()), voice) else f"{host}/{number}"
        return "", f"{host}/{number}"
    name = " ".join(guid.split())
    if _PLACEHOLDER.fullmatch(name) or _FRONT_PAGE.fullmatch(name):
        name = url.strip()
    if _FRONT_PAGE.fullmatch(name):
        return "", ""
    return "", part_of(name) if re.match(r"https?://", name, re.IGNORECASE) else _bounded(name)


def is_number(key: str, *addresses: str) -> bool:
    """Whether a key is the number of an article in one of its addresses: it outlives an edited slug."""
    return key[-1:].isdigit() and any(key == "/".join(_numbered(address)) for address in addresses)


@lru_cache(maxsize=512)
def _numbered(url: str) -> tuple[str, str]:
    """The host of an address, without the names of its mirrors, and its article's number; two "" without a number."""
    if "//" not in url:
        return "", ""
    host = _host(url)
    agency = _of_host(host.partition(":")[0])
    number = re.search(agency.number if agency else _NEWS_NUMBER, _path(url))
    return (_MIRRORS.sub("", host), number[1]) if number else ("", "")


_MIRRORS = re.compile(r"^(?:(?:www|m|mobile|amp)\.)+")
_PLACEHOLDER = re.compile(
    r"[\W_]*|0+|n\W?/?a\W?|null|nil|none|nan|undefined|unknown|false|true|empty|default|tbd|todo|guid|id|permalink"
    r"|\[?object object\]?|\W*(?:null|none|undefined)\W*|0{8}-(?:0{4}-){3}0{12}",
    re.IGNORECASE,
)
"""What systems write where they have no guid."""


def page_of(link: str) -> str:
    """The address of an entry's page as `plain_url`, without what is new at each visit."""
    head, mark, query = link.partition("#")[0].partition("?")
    kept = "&".join(pair for pair in query.split("&") if not _VISIT.match(pair))
    return plain_url(_SESSION.sub("", head) + mark + kept)


def part_of(link: str) -> str:
    """The address of the part of a page that a link names: of the page, where it names none."""
    fragment = link.partition("#")[2].strip()
    return page_of(link) if _NO_PART.match(fragment) else _bounded(f"{page_of(link)}#{unquoted(fragment)}")


_VISIT = re.compile(
    r"(?:yclid|mc_[ce]id|_g[al]|phpsessid|jsessionid|aspsessionid\w*|cf(?:id|token)|no_?cache|cache_?bust(?:er)?|rnd"
    r"|rand(?:om)?)(?:=|$)",
    re.IGNORECASE,
)
_SESSION = re.compile(r";jsessionid=[^/?#;]*|/\((?:[SAF]\([\w-]+\))+\)(?=/)", re.IGNORECASE)
"""What Java's and ASP.NET's servers put into a path for a reader without cookies."""
_NO_PART = re.compile(r"(?:utm_\w+|xtor|ref|rss|source|from|ns_\w+|at_\w+)\b|:~:|\.|$", re.IGNORECASE)
"""What stands behind a # and names no part of a page: tokens of those who count readers."""


def plain_url(url: str) -> str:
    """An address without what may change while it leads to the same page; for comparing, not for fetching."""
    try:
        parts = urlsplit(url.strip())
        port = f":{parts.port}" if parts.port else ""
    except ValueError:  # a password with a slash in it may look like a port
        return _bounded(re.sub(r"(?<=//)\S*@", "", url.strip()))
    query = "&".join(sorted(pair for pair in parts.query.split("&") if pair and not _TRACKING.match(pair)))
    host = (parts.hostname or "").removeprefix("www.") + port
    return _bounded(f"{host}{unquoted(parts.path).rstrip('/')}" + (f"?{query}" if query else ""))


def unquoted(words: str) -> str:
    """What `urllib.parse.unquote` gives, five times as fast for a Persian slug, which is all escapes."""
    return _ESCAPED.sub(_plain, words) if "%" in words else words


def _plain(escaped: re.Match[str]) -> str:
    return bytes.fromhex(escaped[0].replace("%", "")).decode("utf-8", "replace")


_ESCAPED = re.compile(r"(?:%[0-9A-Fa-f]{2})+")


def _bounded(name: str) -> str:
    """A name that an index takes: of one that is longer, the beginning and a hash."""
    if len(name) <= _LONGEST:
        return name
    return f"{name[:_LONGEST]}#{hashlib.sha256(name.encode(errors='replace')).hexdigest()[:16]}"


_LONGEST = 500  # characters; PostgreSQL's indexes take 2,700 bytes
_FRONT_PAGE = re.compile(r"https?://[^/?#]*/?", re.IGNORECASE)


def untracked(url: str) -> str:
    """An address as it is shown: without what only tells its site where the reader came from."""
    head, mark, rest = url.partition("?")
    if not mark:
        return url
    query, hash_mark, fragment = rest.partition("#")
    kept = "&".join(pair for pair in query.split("&") if not _CAMPAIGN.match(pair))
    return head + (f"?{kept}" if kept else "") + hash_mark + fragment


_CAMPAIGN = re.compile(r"(?:utm_\w+|fbclid|gclid)(?:=|$)", re.IGNORECASE)
_TRACKING = re.compile(r"(?:utm_\w+|fbclid|gclid|ref|source|from)(?:=|$)", re.IGNORECASE)


def _path(url: str) -> str:
    try:
        return urlsplit(url).path
    except ValueError:
        return ""


def _host(url: str) -> str:
    """The host, with a port that is not the usual one."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return ""
    usual = port in (None, 80, 443)
    return (parts.hostname or "").rstrip(".") + ("" if usual else f":{port}")


def _within(host: str, home: str) -> bool:
    return host == home or host.endswith("." + home)
