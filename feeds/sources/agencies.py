"""The news agencies of Iran: what they are called, where they live, and how they number their articles."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

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
    spellings: tuple[str, ...] = ()
    """How texts name it, beside `name`."""
    site: bool = False
    """A news site: its name stands alone, without «خبرگزاری»."""

    @property
    def full_name(self) -> str:
        """As it signs: «خبرگزاری مهر», «خبرآنلاین»."""
        return self.name if self.site else f"خبرگزاری {self.name}"


AGENCIES: tuple[Agency, ...] = (
    Agency("مهر", ("mehrnews.com",)),
    Agency("ایرنا", ("irna.ir",), spellings=("جمهوری اسلامی",)),
    Agency("ایسنا", ("isna.ir",), r"/(?:news|photo|video|xd\w+)/([\d-]*\d{6,})", spellings=("دانشجویان ایران",)),
    Agency("فارس", ("farsnews.ir", "farsnews.com"), r"/(?:news/|[^/]+/news/)?(\d{10,})"),
    Agency("تسنیم", ("tasnimnews.com", "tasnimnews.ir"), r"/news/\d{4}/\d{1,2}/\d{1,2}/(\d+)"),
    Agency("خبرآنلاین", ("khabaronline.ir",), spellings=("خبر آنلاین",), site=True),
    Agency("همشهری آنلاین", ("hamshahrionline.ir",), spellings=("همشهری",), site=True),
    Agency("صدا و سیما", ("iribnews.ir",), spellings=("صداوسیما",)),
    Agency("باشگاه خبرنگاران جوان", ("yjc.ir",), spellings=("باشگاه خبرنگاران",), site=True),
    Agency("ایلنا", ("ilna.ir", "ilna.news"), r"/(?:[^/]*-)?(\d{5,})-", spellings=("کار ایران",)),
    Agency("ایمنا", ("imna.ir",)),
    Agency("ایکنا", ("iqna.ir",), spellings=("بین المللی قرآن", "قرآنی ایران")),
    Agency("ایبنا", ("ibna.ir",), spellings=("کتاب ایران",)),
    Agency("ایسکانیوز", ("iscanews.ir",), spellings=("ایسکا نیوز",), site=True),
    Agency("برنا", ("borna.news",), spellings=("جوان برنا",)),
    Agency("پانا", ("pana.ir",), spellings=("دانش آموزی پانا", "پانا")),
    Agency("حوزه", ("hawzahnews.com",)),
    Agency("رسا", ("rasanews.ir",)),
    Agency("شبستان", ("shabestan.ir", "shabestan.news")),
    Agency("شانا", ("shana.ir",)),
    Agency("میزان", ("mizanonline.ir", "mizan.news")),
    Agency("دانشجو", ("snn.ir",), spellings=("اس ان ان",)),
    Agency("دفاع مقدس", ("defapress.ir",), spellings=("دفاع پرس",)),
    Agency("موج", ("mojnews.com",)),
    Agency("آنا", ("ana.ir", "ana.press"), spellings=("دانشگاه آزاد اسلامی",)),
    Agency("قدس آنلاین", ("qudsonline.ir",), spellings=("قدس",), site=True),
    Agency("کردپرس", ("kurdpress.com",), spellings=("کرد پرس",), site=True),
    Agency("ایانا", ("iana.ir",), spellings=("کشاورزی ایران",)),
    Agency("مرصاد", ("mersadnews.ir",), site=True),
)


def of_url(url: str) -> Agency | None:
    """The agency that an address belongs to, if it is known."""
    try:
        host = (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return None
    return next((agency for agency in AGENCIES if any(_within(host, home) for home in agency.hosts)), None)


def identity(url: str, guid: str = "") -> tuple[str, str]:
    """Whose an entry of a feed is and what it is called there, for ever: (home, key).

    The home is the agency's domain where the link (or a guid that is a link) has the agency's number for the article:
    then the same article in another feed of the agency is the same article. It is "" for an entry that only its feed
    can name. Slugs change when a headline is edited, and so do schemes, `www.`, encodings and tracking parameters:
    none of them is part of the key.
    """
    for address in (url, guid):
        agency = of_url(address)
        number = re.search(agency.number if agency else _NEWS_NUMBER, _path(address))
        if number:
            return (agency.hosts[0] if agency else ""), number[1]
    name = guid.strip()
    if not name or _FRONT_PAGE.fullmatch(name):
        name = url.strip()
    return "", plain_url(name) if re.match(r"https?://", name, re.IGNORECASE) else _bounded(name)


def plain_url(url: str) -> str:
    """An address without what may change while it leads to the same page; for comparing, not for fetching."""
    try:
        parts = urlsplit(url.strip())
        port = f":{parts.port}" if parts.port else ""
    except ValueError:  # a password with a slash in it may look like a port
        return _bounded(re.sub(r"(?<=//)\S*@", "", url.strip()))
    query = "&".join(sorted(pair for pair in parts.query.split("&") if pair and not _TRACKING.match(pair)))
    host = (parts.hostname or "").removeprefix("www.") + port
    return _bounded(f"{host}{unquote(parts.path).rstrip('/')}" + (f"?{query}" if query else ""))


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


def _within(host: str, home: str) -> bool:
    return host == home or host.endswith("." + home)
