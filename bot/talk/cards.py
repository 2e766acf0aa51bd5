"""What the desk sees in Telegram of the queue and of an article, with a button for each thing that it may do.

Pure. Callback data, 64 bytes at most: `d:` and

    q                 the queue
    c:UID             the article's card
    h|r|x|s:UID       hold, release, retract, restore it
    l:UID  t:UID:WHEN when to publish it; at that time
    p:UID  P:UID:SLUG its provinces; put it there
    A:N:M  G:N  n     release all (so many articles and posts), let everything flow (so many posts), or leave it
    arrived|lost:ID   whether a post in doubt is in its channel: `bot.talk.commands.desk.commands`
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from persiantools.digits import en_to_fa
from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.desk import Waiting
from bot.posts.measure import clean, shorten
from bot.posts.spans import Line, lines_of
from bot.talk import texts
from bot.talk.listing import Reply, alphabetical
from feeds.models import Article, DeliveryState
from feeds.provinces import gazetteer
from feeds.text.times import jalali

LONGEST_TITLE = 200
COLUMNS = 3
MORNING = 8
"""The hour of «tomorrow morning»."""
_HOURS = (1, 3)

Button = tuple[str, str]
Row = Sequence[Button]


def keyboard(rows: Iterable[Row]) -> InlineKeyboardMarkup | None:
    """Rows of buttons, each a label and what it calls back."""
    made = [[InlineKeyboardButton(label, callback_data=f"d:{data}") for label, data in row] for row in rows if row]
    return InlineKeyboardMarkup(made) if made else None


def joined(parts: Iterable[Sequence[Line]]) -> list[Line]:
    """The parts with a blank line between them."""
    lines: list[Line] = []
    for part in parts:
        lines += [(), *part] if lines else part
    return lines


def queue(
    waiting: Sequence[Waiting],
    zone: ZoneInfo,
    now: datetime,
    *,
    heading: Sequence[Line] = (),
    more: Sequence[Sequence[Line]] = (),
) -> Reply:
    """What is not published yet, article by article, each with its buttons; `more` stands below."""
    if not waiting:
        return Reply.of(texts.DESK_QUEUE_EMPTY)
    of_article: dict[int, list[Waiting]] = {}
    for one in waiting:
        of_article.setdefault(one.article.id, []).append(one)
    parts: list[Sequence[Line]] = [heading or lines_of(texts.DESK_QUEUE)]
    rows: list[Row] = []
    for number, few in enumerate(of_article.values(), 1):
        article, figure = few[0].article, en_to_fa(str(number))
        states = [_state(one, zone, now) for one in few]
        parts.append(
            lines_of(
                texts.DESK_WAITING,
                number=figure,
                states="\n".join(texts.RLM + state for state in dict.fromkeys(states)),
                title=_title(article),
                uid=article.uid,
            )
        )
        rows.append([(f"{figure} · {label}", data) for label, data in (*_first(article, few), _more(article))])
    return Reply(joined([*parts, *more]), keyboard(rows))


def _state(one: Waiting, zone: ZoneInfo, now: datetime) -> str:
    """State, channel, since when, and until when."""
    due = texts.DESK_UNTIL.format(when=moment(one.until, zone)) if one.until and one.until > now else ""
    parts = (texts.DESK_STATES[one.state], one.channel, jalali.ago(one.since, now), due)
    return " · ".join(part for part in parts if part)


def moment(at: datetime, zone: ZoneInfo) -> str:
    """A moment on the desk's clock."""
    here = at.astimezone(zone)
    return f"{jalali.news_date(here.date())}، {jalali.clock(here, zone)}"


def _first(article: Article, few: Sequence[Waiting]) -> list[Button]:
    if article.held or any(one.state is DeliveryState.HELD for one in few):
        return [(texts.DO_RELEASE, f"r:{article.uid}")]
    return [(texts.DO_HOLD, f"h:{article.uid}")] if _may_be_held(few) else []


def _may_be_held(few: Sequence[Waiting]) -> bool:
    return any(one.state is DeliveryState.PENDING for one in few)


def _more(article: Article) -> Button:
    return texts.DO_MORE, f"c:{article.uid}"


def card(article: Article, few: Sequence[Waiting], zone: ZoneInfo, now: datetime, *, said: str = "") -> Reply:
    """An article, where it stands, and all that may be done with it.

    Args:
        article: as it is now.
        few: what of it is not settled.
        zone: the desk's.
        now: the moment.
        said: what was done just now.
    """
    places = "، ".join(gazetteer.by_slug(slug).name for slug in article.provinces) or texts.DESK_NOWHERE
    state = texts.DESK_IS_RETRACTED if article.retracted else texts.DESK_IS_HELD if article.held else ""
    if article.due and article.due > now and not article.retracted:
        state = texts.DESK_IS_DATED.format(when=moment(article.due, zone))
    about = lines_of(texts.DESK_CARD, title=_title(article), places=places, uid=article.uid)
    standing = [texts.RLM + line for line in (state, *(_state(one, zone, now) for one in few)) if line]
    parts = [lines_of("{said}", said=said)] if said else []
    parts += [about, *([lines_of("{standing}", standing="\n".join(standing))] if standing else [])]
    if article.retracted:
        return Reply(joined(parts), keyboard([[(texts.DO_RESTORE, f"s:{article.uid}")], _back()]))
    waits = bool(few) and any(one.state in {DeliveryState.HELD, DeliveryState.PENDING} for one in few)
    hold = [(texts.DO_HOLD, f"h:{article.uid}")] if article.due else []  # that is, for no moment
    rows: list[Row] = [
        [*_first(article, few), *hold, (texts.DO_RETRACT, f"x:{article.uid}")],
        [*([(texts.DO_LATER, f"l:{article.uid}")] if waits else []), (texts.DO_PLACE, f"p:{article.uid}")],
        _back(),
    ]
    return Reply(joined(parts), keyboard(rows))


def later(article: Article) -> Reply:
    """When to publish an article."""
    hours = [(texts.IN_HOURS.format(hours=en_to_fa(str(count))), f"t:{article.uid}:{count}") for count in _HOURS]
    day = [
        (texts.TOMORROW.format(hour=en_to_fa(str(MORNING))), f"t:{article.uid}:m"),
        (texts.AT_ONCE, f"t:{article.uid}:0"),
    ]
    lines = lines_of(texts.DESK_WHEN, title=_title(article))
    return Reply(lines, keyboard([hours, day, [(texts.BACK, f"c:{article.uid}")]]))


def time_of(when: str, zone: ZoneInfo, now: datetime) -> datetime | None:
    """The moment that a button of `later` means; None: at once."""
    if when == "m":
        tomorrow = now.astimezone(zone).date() + timedelta(days=1)
        return datetime(tomorrow.year, tomorrow.month, tomorrow.day, MORNING, tzinfo=zone)
    return now + timedelta(hours=int(when)) if int(when) else None


def provinces(article: Article) -> Reply:
    """Where an article belongs."""
    ordered = sorted(gazetteer.PROVINCES, key=lambda province: alphabetical(province.name))
    buttons = [(province.name, f"P:{article.uid}:{province.slug}") for province in ordered]
    rows: list[Row] = [buttons[at : at + COLUMNS] for at in range(0, len(buttons), COLUMNS)]
    lines = lines_of(texts.DESK_WHERE, title=_title(article))
    return Reply(lines, keyboard([*rows, [(texts.BACK, f"c:{article.uid}")]]))


def ask(template: str, data: str, **counts: int) -> Reply:
    """What is going to be done, to more than one article: to be confirmed, as much as it says and no more."""
    figures = {name: en_to_fa(str(count)) for name, count in counts.items()}
    confirmed = ":".join((data, *map(str, counts.values())))
    return Reply(lines_of(template, **figures), keyboard([[(texts.YES_DO_IT, confirmed), (texts.LEAVE_IT, "n")]]))


def link(article: Article) -> Row:
    """The way from an alert to the article that it is about."""
    return [(shorten(f"{texts.DO_MORE}: {clean(article.title)}", LONGEST_TITLE // 4), f"c:{article.uid}")]


def _back() -> Row:
    return [(texts.TO_QUEUE, "q")]


def _title(article: Article) -> str:
    return texts.RLM + shorten(clean(article.title).replace("\n", " "), LONGEST_TITLE)
