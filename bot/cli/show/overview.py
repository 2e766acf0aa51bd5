"""The desk's overviews in the terminal: status, channels, queue, articles, audit. Aligned; times as people say them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from rich.cells import cell_len

from bot.cli.show.lines import say

if TYPE_CHECKING:
    from bot.desk import Deed, Waiting
    from feeds.models import Article, Delivery, Revision

_UNITS = ((86_400, "d"), (3600, "h"), (60, "min"))
_KINDS = {
    "document": "documents of the inbox",
    "entry": "articles of feeds",
    "source": "sources",
    "channel": "channels",
    "feed": "feeds",
    "samples": "samples",
    "bot": "the bot",
}


def ago(moment: datetime | None, now: datetime | None = None) -> str:
    """How long ago a moment was, or how far ahead it lies: `3 min ago`, `in 2 h`."""
    if moment is None:
        return ""
    seconds = ((now or datetime.now(UTC)) - moment).total_seconds()
    for size, unit in _UNITS:
        if abs(seconds) >= size:
            span = f"{int(abs(seconds) // size)} {unit}"
            return f"{span} ago" if seconds > 0 else f"in {span}"
    return "just now" if seconds > -1 else "in a moment"


def when(moment: datetime | None, zone: ZoneInfo, now: datetime | None = None) -> str:
    """A moment on the clock of a zone, with how long ago it was; without the day where it is today."""
    if moment is None:
        return ""
    here, today = moment.astimezone(zone), (now or datetime.now(UTC)).astimezone(zone).date()
    clock = here.strftime("%H:%M" if here.date() == today else "%Y-%m-%d %H:%M")
    return f"{clock} ({ago(moment, now)})"


def show_status(now: Mapping[str, Any], zone: ZoneInfo) -> None:
    """The whole: articles, channels, sources, what runs, and problems by kind."""
    held = sum(row["held"] for row in now["channels"])
    say(("articles", "bold"), f"    {now['articles']:,}")
    deliveries = ", ".join(f"{count:,} {state}" for state, count in now["deliveries"].items() if count) or "none"
    say(("deliveries", "bold"), f"  {deliveries}")
    if now["paused"]:
        say(("paused", "bold red"), f"      {now['paused']}: `chapar resume` goes on")
    if held:
        say(("desk", "bold"), "        posts are held: `chapar queue` says for what")
    say()
    show_channels(now["channels"])
    say()
    _show_sources(now["sources"])
    say()
    for name, tick in now["ticks"].items():
        last = when(datetime.fromisoformat(tick["began"]), zone)
        say((f"{name:<12} {last}, {tick['seconds']} s {tick['error']}".rstrip(), "dim"))
    _show_problems(now["problems"], zone)


def _show_rows(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Aligned lines, none of them folded: a terminal wraps what is too long, a program gets it whole."""
    lines = [columns, *rows]
    widths = [max(cell_len(line[at]) for line in lines) for at in range(len(columns))]
    for number, line in enumerate(lines):
        cells = (cell + " " * (width - cell_len(cell)) for cell, width in zip(line, widths, strict=True))
        say(("  ".join(cells).rstrip(), "dim" if number == 0 else ""))


def show_channels(rows: Sequence[Mapping[str, Any]]) -> None:
    """A line a channel."""
    _show_rows(("channel", "name", "posts", "last", "waiting", "held", "state"), map(_channel, rows))


def _channel(row: Mapping[str, Any]) -> Sequence[str]:
    last = datetime.fromisoformat(row["last"]) if row["last"] else None
    name = " ".join(part for part in (row["title"], row["username"] and f"@{row['username']}") if part)
    waiting = f"{row['waiting']:,}" + (f" (+{row['doubtful']:,} in doubt)" if row["doubtful"] else "")
    state = row["trouble"] or (f"{row['dead']:,} were refused" if row["dead"] else "flows")
    return row["key"], name, f"{row['posts']:,}", ago(last), waiting, f"{row['held']:,}", state


def _show_sources(rows: Iterable[Mapping[str, Any]]) -> None:
    _show_rows(("source", "newest", "polled", "state"), map(_source, rows))


def _source(row: Mapping[str, Any]) -> Sequence[str]:
    times = [datetime.fromisoformat(row[name]) if row.get(name) else None for name in ("newest", "polled")]
    where = f"{row['folder']}/" if "folder" in row else row["name"]
    return where, *map(ago, times), row.get("trouble") or "fine"


def _show_problems(problems: Sequence[Mapping[str, Any]], zone: ZoneInfo) -> None:
    if not problems:
        say(("no problems", "green"))
        return
    counts = Counter(problem["kind"] for problem in problems)
    for kind, count in counts.items():
        say((f"\n{_KINDS.get(kind, kind)}: ", "bold red"), f"{count:,}")
        for problem in problems:
            if problem["kind"] == kind:
                line = f":{problem['line']}" if problem["line"] else ""
                since = when(datetime.fromisoformat(problem["since"]), zone)
                say(f"  {problem['where']}{line}: {problem['what']}  ", (since, "dim"))


def show_queue(waiting: Sequence[Waiting], zone: ZoneInfo) -> None:
    """What is not settled: an article with its title, and under it a line a channel."""
    last = None
    for one in waiting:
        if one.article.id != last:
            say((one.article.uid, "cyan"), "  ", (one.article.title, "bold"))
        last = one.article.id
        number = f"#{one.delivery.id}" if one.delivery else ""
        kind = one.delivery.kind.value if one.delivery else ""
        due = f"  not before {when(one.until, zone)}" if one.until and one.until > datetime.now(UTC) else ""
        line = f"  {number:<8}{one.state.value:<10}{kind:<7}{one.channel:<20}{ago(one.since):<12}{one.why}{due}"
        say(line)


def show_audit(deeds: Sequence[Deed], zone: ZoneInfo) -> None:
    """What the desk did, the newest first, with the title and uid of what it was done to."""
    if deeds:
        _show_rows(("when", "who", "act", "detail", "to"), (_deed(deed, zone) for deed in deeds))


def _deed(deed: Deed, zone: ZoneInfo) -> Sequence[str]:
    act, article = deed.act, deed.article
    target = f"{article.uid} {article.title}" if article else "everything" if act.target == "*" else act.target
    channel = act.target.partition(" ")[2].partition(" ")[2] if article else ""
    detail = f"until {_minute(act.detail, zone)}" if act.act == "embargo" else act.detail
    return when(act.at, zone), act.who, act.act, detail, f"{target} {channel}".rstrip()


def _minute(moment: str, zone: ZoneInfo) -> str:
    """A moment that stands in the audit, on the clock of a zone; earlier versions wrote nothing for «at once»."""
    try:
        return datetime.fromisoformat(moment).astimezone(zone).strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return moment or "now"


def show_articles(articles: Sequence[Article], zone: ZoneInfo) -> None:
    """A line an article."""
    _show_rows(("published", "uid", "state", "provinces", "title"), (_article(one, zone) for one in articles))


def _article(one: Article, zone: ZoneInfo) -> Sequence[str]:
    day = one.published.astimezone(zone).strftime("%Y-%m-%d")
    published = day if one.day_only else when(one.published, zone)
    return published, one.uid, ", ".join(marks(one, zone)), ", ".join(one.provinces), one.title


def marks(article: Article, zone: ZoneInfo) -> Iterator[str]:
    """What the desk should know of an article before anything else."""
    if article.retracted:
        yield "retracted"
    if article.held:
        yield f"held until {when(article.due, zone)}" if article.due else "held"
    if article.urgent:
        yield "urgent"
    if article.revision > 1:
        yield f"revision {article.revision}"


def show_article(
    article: Article, deliveries: Sequence[Delivery], revisions: Sequence[Revision], zone: ZoneInfo, address: str
) -> None:
    """All of one article, and where it went."""
    facts = {
        "uid": article.uid,
        "page": address,
        "source": f"{article.agency or article.source} {article.url}".strip(),
        "published": when(article.published, zone),
        "stored": when(article.ingested, zone),
        "provinces": ", ".join(article.provinces) or "none",
        "section": article.section,
        "state": ", ".join(marks(article, zone)) or "shown",
    }
    say((article.title, "bold"))
    for name, value in facts.items():
        if value:
            say((f"  {name:<10} ", "dim"), value)
    for delivery in deliveries:
        at = when(delivery.settled or delivery.claimed or delivery.created, zone)
        line = f"  {delivery.channel:<10} {delivery.kind.value} of revision {delivery.revision}: {delivery.state.value}"
        say(f"{line}, {at} {delivery.error}".rstrip())
    for revision in revisions[1:]:
        say(f"  revision {revision.revision} of {when(revision.stored, zone)}: {revision.title}")
    say()
    say(article.body)
