"""The desk's commands in the terminal: `chapar articles …`, `queue`, `pause`, `resume`, `audit`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from feeds.errors import ChaparError

if TYPE_CHECKING:
    from bot.desk import Desk
    from bot.settings import Settings
    from feeds.models import Article, Route

FAILED = 1
MOST = 2**63 - 1
"""The highest number that a store may give."""

Uid = Annotated[str, typer.Argument(help="The article: the end of its address, /a/…, or the whole address.")]


articles = typer.Typer(no_args_is_help=True, help="What the desk says of stored articles.")


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(articles, name="articles")
    app.command()(queue)
    app.command()(pause)
    app.command()(resume)
    app.command()(audit)
    articles.command()(merge)
    articles.command()(split)
    articles.command()(set_province)
    articles.command()(hold)
    articles.command()(release)
    articles.command()(publish_at)
    articles.command()(retract)
    articles.command()(restore)
    articles.command()(decide)
    articles.command()(retry)


@contextmanager
def _desk() -> Iterator[tuple[Desk, Settings]]:
    import getpass

    from bot.desk import Desk
    from bot.settings import Settings
    from feeds.store import open_store

    settings = Settings.load()
    with open_store(settings.database_url.get_secret_value()) as store:
        yield Desk(store, f"terminal:{getpass.getuser()}"), settings


def merge(uid: Uid, into: Annotated[str, typer.Argument(help="The article that leads the story, likewise.")]) -> None:
    """Say that an article tells what another does: it joins that one's story."""
    with _desk() as (desk, _):
        typer.echo(f"merged: {desk.merge(uid, into).title}")


def split(
    uid: Uid, post: Annotated[bool, typer.Option("--post", help="Post it, where no post of it was begun.")] = False
) -> None:
    """Say that an article tells a story of its own; it is not merged again by itself."""
    from bot.publishing.routing import rules

    with _desk() as (desk, settings):

        def channels(article: Article) -> list[Route]:
            return [rule.route for rule in rules(settings.channels) if post and rule.takes(article)]

        typer.echo(f"split off: {desk.split(uid, channels).title}")


def set_province(
    uid: Uid, provinces: Annotated[list[str], typer.Argument(help="Provinces, the primary one first: qom تهران")]
) -> None:
    """Say where an article belongs; this stands over what the machine finds, now and later."""
    from bot.publishing.routing import placer

    with _desk() as (desk, settings):
        article = desk.place(uid, provinces, placer(settings.channels))
    typer.echo(f"{article.title}: {', '.join(article.provinces)}")


def hold(uid: Uid) -> None:
    """Hold an article: its posts that were not begun; where none was, no page, feed or search shows it either."""
    with _desk() as (desk, _):
        done = desk.hold(uid)
    typer.echo(
        f"{_posts(done.posts)} held{'; no reader sees the article until you release it' if done.articles else ''}"
    )


def release(
    uid: Annotated[str, typer.Argument(help="The article; none: see --all.")] = "",
    everything: Annotated[bool, typer.Option("--all", help="Everything that is held.")] = False,
) -> None:
    """Let go what is held: posts go out, and pages, feeds and the search show the article."""
    if bool(uid) == everything:
        raise typer.BadParameter("name an article, or say --all")
    with _desk() as (desk, _):
        done = desk.release(uid)
    typer.echo(f"{_posts(done.posts)} released; readers see {_articles(done.articles)} more")


def publish_at(
    uid: Uid,
    moment: Annotated[str, typer.Argument(help="«فردا ۱۰», 1405/01/01 10:00, 2026-03-21T10:00; or `now`.")],
) -> None:
    """Publish an article's waiting posts not before a time."""
    from datetime import UTC, datetime

    from feeds.text import moments

    with _desk() as (desk, settings):
        until = None
        if moment != "now":
            try:
                until = moments.read(moment, datetime.now(UTC), settings.timezone)
            except ValueError as error:
                raise ChaparError(str(error)) from None
        typer.echo(
            f"{desk.publish_at(uid, until)} wait until {until.astimezone(settings.timezone) if until else 'their turn'}"
        )


def retract(uid: Uid) -> None:
    """Withdraw an article: posts, pages and feeds say «تکذیب شد»."""
    with _desk() as (desk, _):
        article = desk.retract(uid)
    typer.echo(f"retracted: {article.title}")


def restore(uid: Uid) -> None:
    """Take a retraction back: posts, pages and feeds show the article again, and what it kept back goes out."""
    with _desk() as (desk, _):
        article = desk.restore(uid)
    typer.echo(f"restored: {article.title}")


def decide(
    delivery: Annotated[
        int, typer.Argument(min=1, max=MOST, help="The number of the delivery, as `chapar status` tells it.")
    ],
    arrived: Annotated[bool, typer.Option("--arrived/--lost", help="Whether the post is in its channel.")],
) -> None:
    """Say what became of a post that nothing else can tell; a lost one is sent again."""
    with _desk() as (desk, _):
        if not desk.decide(delivery, arrived=arrived):
            raise ChaparError(f"delivery {delivery} is not in doubt, or not for the desk to decide")
    typer.echo("decided")


def retry(
    delivery: Annotated[int, typer.Argument(min=1, max=MOST, help="The number of a dead delivery.")],
) -> None:
    """Try a dead delivery again, when what made the platform refuse it is mended."""
    with _desk() as (desk, _):
        if not desk.retry(delivery):
            raise ChaparError(f"delivery {delivery} is not dead")
    typer.echo("it is tried again")


def queue(limit: Annotated[int, typer.Option(min=1, help="At most so many.")] = 50) -> None:
    """What is not published yet: in doubt, under way, held, waiting."""
    from rich.text import Text

    from bot.cli import terminal

    with _desk() as (desk, _):
        waiting = desk.queue(limit)
    for one in waiting:
        delivery = one.delivery
        line = f"{delivery.id}  {delivery.state:<9} {delivery.kind:<6} {delivery.channel}  {one.article.uid}  "
        terminal.OUT.print(Text(f"{line}{one.article.title}"), soft_wrap=True)
    if not waiting:
        typer.echo("nothing waits")


def pause(
    why: Annotated[str, typer.Argument(help="Why, for the others.")] = "",
    channel: Annotated[str, typer.Option(help="One channel; none: everything.")] = "",
) -> None:
    """Publish nothing more, until `resume`; articles, feeds and pages go on."""
    with _desk() as (desk, _):
        changed = desk.pause(why, channel)
    typer.echo("paused" if changed else "nothing to pause: no such channel, or paused already")


def resume(channel: Annotated[str, typer.Option(help="One channel; none: everything.")] = "") -> None:
    """Publish again."""
    with _desk() as (desk, _):
        changed = desk.resume(channel)
    typer.echo("resumed" if changed else "it was not paused")


def audit(limit: Annotated[int, typer.Option(min=1, help="At most so many.")] = 50) -> None:
    """What the desk did: who, what, to what, when."""
    with _desk() as (desk, settings):
        for act in desk.store.desk.acts(limit=limit):
            at = act.at.astimezone(settings.timezone).strftime("%Y-%m-%d %H:%M:%S")
            typer.echo(f"{at}  {act.who}  {act.act}  {act.target}  {act.detail}")


def _posts(count: int) -> str:
    return f"{count:,} post{'' if count == 1 else 's'}"


def _articles(count: int) -> str:
    return f"{count:,} article{'' if count == 1 else 's'}"
