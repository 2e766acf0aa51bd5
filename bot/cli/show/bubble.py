"""A post in a terminal, as the bubble that Telegram would show: `chapar preview`."""

from __future__ import annotations

from datetime import UTC, datetime
from html.parser import HTMLParser

from rich.columns import Columns
from rich.panel import Panel
from rich.style import Style
from rich.text import Text

from bot.cli.terminal import OUT
from bot.posts import message
from bot.posts.payload import Button
from bot.settings import Settings
from feeds import pipeline
from feeds.models import Article, Draft

POST_WIDTH = 64
STYLES = {"b": "bold", "i": "italic", "u": "underline", "s": "strike", "code": "cyan", "blockquote": "dim"}


def show_post(draft: Draft, settings: Settings) -> None:
    """The post that a draft would become, as a bubble."""
    article = pipeline.unstored(draft, datetime.now(UTC))
    more = f"{settings.base_url}/p/{article.provinces[0]}" if article.provinces else ""
    payload = message.render(article, link=link(article, settings), zone=settings.timezone, more=more)
    OUT.print(Panel(telegram_text(payload.html), width=POST_WIDTH))
    for row in payload.buttons:
        width = POST_WIDTH // len(row)
        OUT.print(Columns([_button(button, width) for button in row], padding=0))


def _button(button: Button, width: int) -> Panel:
    text = Text(button.text, justify="center", style=Style(color="cyan", link=button.url))
    return Panel(text, width=width, border_style="cyan")


def link(article: Article, settings: Settings) -> str:
    """Where an article is read: at its source, or on our own page."""
    return article.url or f"{settings.base_url}/a/{article.uid}"


def telegram_text(html: str) -> Text:
    """Telegram-HTML as styled text, laid out from the right."""
    reader = _TelegramHTML()
    reader.feed(html)
    reader.close()
    return reader.text


class _TelegramHTML(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = Text(justify="right")
        self._open: list[Style] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        href = dict(attrs).get("href")
        self._open.append(Style(link=href, color="cyan") if href else Style.parse(STYLES.get(tag, "")))

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002
        if self._open:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        self.text.append(data, Style.combine([Style.null(), *self._open]))
