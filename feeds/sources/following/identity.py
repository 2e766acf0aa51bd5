"""Which entries of a feed are new, which have changed, and which are old friends under a new name. Pure.

Feeds rename what they hold: a slug follows an edited headline, a new system gives every entry another guid, http
becomes https, a link has a token that is new at each fetch. An entry is known by its key, by its link, or by its words;
only what is known by none of them is new. And feeds give one name to many things: the same guid to all entries, or to
today's as to yesterday's. Where name and words disagree, no article takes another's place.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import Enum

from feeds.models import Document, SeenEntry
from feeds.sources.following.entry_names import ANOTHER, Named
from feeds.sources.following.timing import FIRST_AGE

FIRST_POSTS = 10
"""How many articles of a feed that is new are posted: its newest."""
OLD = timedelta(days=3)
"""What is older when it first appears is no news: it stands in our feeds and pages alone."""


class Verdict(Enum):
    """What an entry is to us."""

    NEW = "new"
    CHANGED = "changed"
    SEEN = "seen"


@dataclass(frozen=True, slots=True)
class Judged:
    """An entry with what is to be done about it, and how it is remembered afterwards."""

    verdict: Verdict
    document: Document
    seen: SeenEntry | None
    """None where what is remembered of it is right already."""
    renamed: str = ""
    """The key under which it was known before, if that is over."""


def fault_of(named: Sequence[Named], judged: Sequence[Judged]) -> str:
    """What the desk should know of how a feed names its entries; "" where all is well."""
    nameless = sum(item.nameless and item.terse for item in named)
    if nameless:
        return (
            f"{nameless} of its {len(named)} entries have a headline, and neither a guid nor a link: nothing else "
            "tells them apart, so one that is corrected comes as a new article; ask the site for guids"
        )
    tokens = sum(bool(one.renamed) and _is_token(one.renamed, one.seen) for one in judged)
    if judged and tokens == len(judged):
        return (
            "the guids and links of its entries are other ones at each fetch: their words alone tell them apart, so "
            "one that is corrected comes as a new article; ask the site for guids that stay"
        )
    return ""


def _is_token(key: str, seen: SeenEntry | None) -> bool:
    return seen is not None and key != seen.key and _skeleton(key) == _skeleton(seen.key)


@dataclass
class _Memory:
    """What a feed is known to have shown, and what of it stands there no more: that alone can have another name now."""

    by_key: dict[str, SeenEntry]
    by_link: dict[str, SeenEntry]
    by_words: dict[str, list[SeenEntry]] = field(default_factory=dict)
    stable: bool = False
    """Some entries have the names that they had: then the names of the others mean something too."""

    def find(self, item: Named) -> SeenEntry | None:
        """An entry by its key, else by its link, else by its words; what was found by words is not found again."""
        seen = self.by_key.get(item.document.key) or self._by_link(item)
        if seen is not None and (not _are_parts(seen.key, item.document.key) or self._same_moment(item, seen)):
            return seen
        candidates = [one for one in self.by_words.get(item.words, ()) if self._same_words(item, one)]
        if not candidates:
            return None
        nearest = min(candidates, key=lambda one: abs(one.published - item.document.published))
        self.by_words[item.words].remove(nearest)
        return nearest

    def _by_link(self, item: Named) -> SeenEntry | None:
        """An entry that has left the feed, by its link; not where a page is told anew each day, under its own guid."""
        seen = self.by_link.get(item.link)
        if seen is None or not item.dated or item.words == seen.words:
            return seen
        return seen if item.dated - seen.published <= ANOTHER else None

    def _same_moment(self, item: Named, seen: SeenEntry) -> bool:
        """Whether an entry and a part of its page are one: some number the versions of a report behind its address."""
        return item.dated is not None and item.document.published == seen.published

    def _same_words(self, item: Named, seen: SeenEntry) -> bool:
        """Whether an entry with the same words that has left the feed is this one under another name.

        A report that is the same each week is another one each week; an archive that comes back keeps its dates. Of few
        words, the date must be the very same, or all names of the feed must be new ones that look like the old.
        """
        if item.dated is not None and item.document.published == seen.published:
            return True
        if item.dated is not None and abs(item.dated - seen.published) > ANOTHER:
            return False
        if not item.terse:
            return True
        return not self.stable and _skeleton(seen.link or seen.key) == _skeleton(item.link or item.document.key)


def _memory(named: Sequence[Named], known: Sequence[SeenEntry], before: Collection[str]) -> _Memory:
    by_key = {seen.key: seen for seen in known}
    present = {item.document.key for item in named}.union(before)
    gone = [seen for seen in known if seen.key not in present]
    by_link = {seen.link: seen for seen in gone if seen.link}
    memory = _Memory(by_key, by_link, stable=any(i.document.key in by_key or i.link in by_link for i in named))
    for seen in gone:
        if seen.words:
            memory.by_words.setdefault(seen.words, []).append(seen)
    return memory


def judge(
    named: Sequence[Named],
    known: Sequence[SeenEntry],
    stored: Mapping[tuple[str, str], tuple[str, bool]],
    *,
    own: Collection[str],
    first: bool,
    now: datetime,
    loud: int = FIRST_POSTS,
    before: Collection[str] = (),
    renamed: Mapping[str, SeenEntry] | None = None,
) -> list[Judged]:
    """Decide about each entry of a feed.

    Args:
        named: The feed's entries, newest first as feeds have them.
        known: What is remembered of the feed's entries by any of these names.
        stored: What of (source, key) is an article already, whichever feed brought it: its fingerprint, and whether
            some feed remembers that.
        own: The sources whose articles this feed may change: its own key, and in whose name it speaks.
        first: Nothing of this feed was read before.
        now: The time of the poll.
        loud: How many may be posted at a first reading.
        before: The keys of entries that stand in the feed, and were dealt with before these at the same poll.
        renamed: What entries that are known by no name were before, by their keys; see `renames.followed`.
    """
    memory = _memory(named, known, before)
    judged, new = [], []
    for item in named:
        seen = memory.find(item) or (renamed or {}).get(item.document.key)
        article = stored.get((item.document.source, item.document.key))
        if seen is not None:
            judged.append(_again(item, seen, own))
        elif article is None:
            new.append(item)
        else:
            # What no feed remembers was stored by a poll that fell before it was noted: what changed since, changes it.
            fingerprint, remembered = article
            missed = not remembered and fingerprint != item.document.fingerprint
            verdict = Verdict.CHANGED if missed else Verdict.SEEN
            judged.append(Judged(verdict, item.document, _remember(item, item.document)))
    quiet = _quiet(new, first=first, now=now, loud=loud)
    for item in new:
        document = replace(item.document, quiet=item.document.key in quiet)
        judged.append(Judged(Verdict.NEW, document, _remember(item, document)))
    return judged


def _again(item: Named, seen: SeenEntry, own: Collection[str]) -> Judged:
    """An entry that is known: it goes on under the name and the date of the article that it became.

    An article that is not this feed's to change stays as it is: earlier versions let any feed bring articles under an
    agency's name, and what they noted still says which of its entries are old.
    """
    published = item.document.published if item.dated else seen.published
    document = replace(item.document, source=seen.source, key=seen.article_key, published=published)
    changed = seen.fingerprint != item.document.fingerprint
    renamed = seen.key if seen.key != item.document.key else ""
    remembered = _remember(item, document)
    verdict = Verdict.CHANGED if changed and seen.source in own else Verdict.SEEN
    # The date of one that only its words name is what tells it from the next of that headline: it is kept up to date.
    same = remembered == (seen if item.nameless else replace(seen, published=published))
    return Judged(verdict, document, None if same else remembered, renamed)


def _remember(item: Named, document: Document) -> SeenEntry:
    return SeenEntry(
        key=item.document.key,
        source=document.source,
        article_key=document.key,
        fingerprint=document.fingerprint,
        published=document.published,
        link=item.link,
        words=item.words,
    )


def _quiet(new: Sequence[Named], *, first: bool, now: datetime, loud: int) -> set[str]:
    """The keys of new entries that are stored without being posted: they would flood the channels with old news."""
    by_date = sorted(new, key=lambda item: item.document.published, reverse=True)
    if first:
        # A date that can't be read may be years old: what bears one is no news of a feed that is new to us.
        recent = [item for item in by_date if now - item.document.published <= FIRST_AGE and not item.entry.undated]
        return {item.document.key for item in new} - {item.document.key for item in recent[:loud]}
    return {item.document.key for item in new if now - item.document.published > OLD}


def _are_parts(key: str, other: str) -> bool:
    """Whether two keys name two parts of one page."""
    (page, _, part), (other_page, _, other_part) = key.partition("#"), other.partition("#")
    return page == other_page and part != other_part and bool(part) and bool(other_part)


def _skeleton(link: str) -> str:
    """What stays of a link whose tokens are new at each fetch: its path, and the names in its query."""
    address, _, query = link.partition("#")[0].partition("?")
    return f"{address.casefold()}?{sorted(pair.partition('=')[0] for pair in query.split('&'))}"
