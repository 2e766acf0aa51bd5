"""A stored payload -> the post as its platform shows it: the same words, made safe for a page."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

import nh3
from markupsafe import Markup, escape

from feeds.models import Delivery
from feeds.syndication import web_address
from feeds.text.times import jalali

TAGS = {"b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "a", "code", "pre", "blockquote", "tg-spoiler"}
"""The tags of Telegram-HTML that a channel's posts use."""
SHORT_QUOTE = 100
"""Characters that fit into the three lines that Telegram shows of a collapsed quote: there is nothing to open."""

# A quote is a block: the line breaks that part it from the text around it are not shown twice.
_QUOTE = re.compile(r"\n?<blockquote( expandable=\"\")?>(.*?)</blockquote>\n?", re.DOTALL)

_BALE = re.compile(r"(?<!\S)(?:\*([^*\n]+)\*(?!\S)|\[([^\]\n]*)\]\(([^)\s]*)\))")


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a post; its address is empty where it only works within Telegram."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Post:
    """A post of a channel, ready for the page."""

    id: int
    html: Markup
    day: str
    """«چهارشنبه ۲ مهر ۱۴۰۴», for the mark between two days."""
    time: str
    """«۱۸:۳۰»"""
    moment: datetime
    edited: bool
    photo: str
    buttons: Sequence[Sequence[Button]]
    reply_to: int
    """The post that this one answers; 0 for none."""
    reply_title: str


def post_of(delivery: Delivery, zone: tzinfo) -> Post | None:
    """A delivered post; None where nothing is known of what was sent."""
    payload = delivery.payload
    moment = delivery.settled or delivery.claimed or delivery.created
    if not payload or moment is None:
        return None
    local = moment.astimezone(zone)
    return Post(
        id=delivery.message_id or delivery.id,
        html=_words(payload),
        day=jalali.news_date(local.date()),
        time=jalali.clock(local, zone),
        moment=local,
        edited=(delivery.rendered or 1) > delivery.revision,
        photo=web_address(_picture(payload)),
        buttons=tuple(tuple(_button(button) for button in row) for row in payload.get("buttons") or ()),
        reply_to=payload.get("reply_to") or 0,
        reply_title=payload.get("reply_title") or "",
    )


def _words(payload: Mapping[str, Any]) -> Markup:
    """The words as they were sent."""
    if payload.get("as_plain"):
        return escape(payload.get("plain", ""))
    return bale_html(payload["bale"]) if payload.get("bale") else telegram_html(payload.get("html", ""))


def _picture(payload: Mapping[str, Any]) -> str:
    """The photo, or what stands large above the text: plain texts and Bale's have nothing there."""
    above = "" if payload.get("as_plain") or payload.get("bale") else payload.get("link_preview")
    return payload.get("photo") or above or ""


def bale_html(text: str) -> Markup:
    """A text with Bale's markup, as our posts have it: `*bold*` and `[label](address)`, after a blank."""
    shown, end = Markup(), 0
    for found in _BALE.finditer(text):
        bold, label, address = found.groups()
        marked = Markup("<b>{}</b>").format(bold) if bold else _link(label, web_address(address))
        shown += escape(text[end : found.start()]) + marked
        end = found.end()
    return shown + escape(text[end:])


def _link(label: str, address: str) -> Markup:
    return Markup('<a href="{}" rel="nofollow noopener">{}</a>').format(address, label) if address else escape(label)


def telegram_html(html: str) -> Markup:
    """Telegram-HTML as HTML of a page: nothing but its own tags, and quotes that open.

    A collapsed quote is a `<details>`: it opens without a script, and by keyboard.
    """
    clean = nh3.clean(
        html,
        tags=TAGS,
        attributes={"a": {"href"}, "blockquote": {"expandable"}},
        url_schemes={"http", "https", "tg", "mailto"},
        link_rel="nofollow noopener",
    )
    return Markup(_QUOTE.sub(_quote, clean))  # noqa: S704 - cleaned by nh3 above


def _quote(match: re.Match[str]) -> str:
    expandable, words = match.groups()
    if expandable and len(words) > SHORT_QUOTE:
        return f'<details class="quote"><summary>{words}</summary></details>'
    return f"<blockquote>{words}</blockquote>"


def _button(button: Mapping[str, Any]) -> Button:
    return Button(str(button.get("text", "")), web_address(str(button.get("url") or "")))
