"""What an agency is called in addresses: its domain where it is known, else its name."""

from __future__ import annotations

import hashlib
import re
from functools import cache

from feeds.sources.agencies import AGENCIES

LONGEST = 60
"""Letters."""
_PARTING = re.compile(r"[^\w\u200c]+")


def slug_of(agency: str) -> str:
    """The slug of an agency by the name that it signs with: `mehrnews.com`, `روابط-عمومی-استانداری`.

    Two names never share one: where a name is not all told by its slug, some digits of its hash are.
    """
    if host := _hosts().get(agency):
        return host
    slug = _PARTING.sub("-", agency).strip("-\u200c_")[:LONGEST].replace("\u200c", "_")
    told = slug.replace("-", " ").replace("_", "\u200c")
    return slug if told == agency else "-".join(filter(None, (slug, _digits(agency))))


def _digits(agency: str) -> str:
    return hashlib.sha256(agency.encode("utf-8", "surrogatepass")).hexdigest()[:6]


@cache
def _hosts() -> dict[str, str]:
    return {agency.full_name: agency.hosts[0] for agency in AGENCIES}
