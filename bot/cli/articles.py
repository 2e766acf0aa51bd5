"""`chapar articles …`: what the desk sees of stored articles, and says of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.desk import opened
from feeds.errors import ChaparError

if TYPE_CHECKING:
    from feeds.models import Article, Route

MOST = 2**63 - 1
"""The highest number that a store may give."""

Uid = Annotated[str, typer.Argument(help="The article: the end of its address, /a/…, or the whole address.")]

app = typer.Typer(no_args_is_help=True, help="What the desk says of stored articles.")


@app.command(name="list")
def show_all(
    limit: Annotated[int, typer.Option(min=1, max=1000, help="At most so many.")] = 20,
    held: Annotated[bool, typer.Option("--held", help="Only those that wait for the desk.")] = False,
) -> None:
    """The newest articles, whatever readers see of them."""
    from bot.cli.show import overview

    with opened() as (desk, settings):
        found = desk.store.articles.stored(limit=limit, held=held)
    if found:
        overview.show_articles(found, settings.timezone)
    else:
        typer.echo("there is none")


@app.command()
def show(uid: Uid) -> None:
    """All of an article: its text, its revisions, and where it went."""
    from bot.cli.show import overview

    with opened() as (desk, settings):
        article = desk.article(uid)
        deliveries = desk.store.deliveries.of_article(article.id)
        revisions = desk.store.articles.original(article.id)
    address = f"{settings.base_url}/a/{article.uid}"
    overview.show_article(article, deliveries, revisions, settings.timezone, address)


@app.command()
def edit(
    uid: Uid,
    title: Annotated[str, typer.Option(help="The new title.")] = "",
    text: Annotated[
        Path | None, typer.Option(help="A file with the new text, the lead first; -: what is typed.")
    ] = None,
) -> None:
    """Correct a title or a text, here or (without options) in your $EDITOR; pages, feeds and posts follow.

    It is a revision like any other: the source's next one takes its place.
    """
    from bot.publishing.routing import placer

    with opened() as (desk, settings):
        article = desk.article(uid)
        if not title and text is None:
            title, body = _edited(article)
        else:
            body = _read(text) if text else ""
        corrected = desk.edit(uid, title=title, text=body, anew=placer(settings.channels))
    typer.echo(f"revision {corrected.revision}: {corrected.title}")


def _edited(article: Article) -> tuple[str, str]:
    """Title and text as they come back from the desk's editor: the first line, and the rest."""
    import click

    after = click.edit(f"{article.title}\n\n{article.body}\n", extension=".txt")
    if after is None or not after.strip():
        raise ChaparError("nothing was changed")
    title, _, body = after.strip().partition("\n")
    return title, body


def _read(path: Path) -> str:
    try:
        return (typer.get_text_stream("stdin").read() if str(path) == "-" else path.read_text(encoding="utf-8")).strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ChaparError(f"{path} can't be read: {error}") from None


@app.command()
def merge(uid: Uid, into: Annotated[str, typer.Argument(help="The article that leads the story, likewise.")]) -> None:
    """Say that an article tells what another does: it joins that one's story."""
    with opened() as (desk, _):
        typer.echo(f"merged: {desk.merge(uid, into).title}")


@app.command()
def split(
    uid: Uid, post: Annotated[bool, typer.Option("--post", help="Post it, where no post of it was begun.")] = False
) -> None:
    """Say that an article tells a story of its own; it is not merged again by itself."""
    from bot.publishing.routing import rules

    with opened() as (desk, settings):

        def channels(article: Article) -> list[Route]:
            return [rule.route for rule in rules(settings.channels) if post and rule.takes(article)]

        typer.echo(f"split off: {desk.split(uid, channels).title}")


@app.command()
def set_province(
    uid: Uid, provinces: Annotated[list[str], typer.Argument(help="Provinces, the primary one first: qom تهران")]
) -> None:
    """Say where an article belongs; this stands over what the machine finds, now and later."""
    from bot.publishing.routing import placer

    with opened() as (desk, settings):
        article = desk.place(uid, provinces, placer(settings.channels))
    typer.echo(f"{article.title}: {', '.join(article.provinces)}")


@app.command()
def hold(uid: Uid) -> None:
    """Hold an article: its posts that were not begun; where none was, no page, feed or search shows it either.

    A time that it had (`publish-at`) holds no more.
    """
    with opened() as (desk, _):
        done = desk.hold(uid)
    hidden = "; no reader sees the article until you release it" if done.articles else ""
    coming = f"; {_posts(done.under_way)} under way, held only if not delivered" if done.under_way else ""
    typer.echo(f"{_posts(done.posts)} held{hidden}{coming}")


@app.command()
def release(
    uid: Annotated[str, typer.Argument(help="The article; none: see --all.")] = "",
    everything: Annotated[bool, typer.Option("--all", help="Everything that is held.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Don't ask.")] = False,
) -> None:
    """Let go what is held: posts go out, and pages, feeds and the search show the article."""
    if bool(uid) == everything:
        raise typer.BadParameter("name an article, or say --all")
    from bot.cli import terminal

    with opened() as (desk, _):
        held, concerned = desk.held()
        if everything and concerned > 1:
            what = f"release {_articles(held.articles)} that no reader sees yet, and {_posts(held.posts)}"
            terminal.confirm(what, yes=yes)
        done = desk.release(uid)
    typer.echo(f"{_posts(done.posts)} released; readers see {_articles(done.articles)} more")


@app.command()
def publish_at(
    uid: Uid,
    moment: Annotated[str, typer.Argument(help="«فردا ۱۰», 1405/01/01 10:00, 2026-03-21T10:00; or `now`.")],
) -> None:
    """Publish an article at a time, by itself: until then no channel, page, feed or search has it.

    `hold` takes the time away, `release` (or the time `now`) publishes it at once. Where a channel has it already, its
    other posts alone wait.
    """
    from datetime import UTC, datetime

    from bot.cli.show.overview import when
    from feeds.text.times import moments

    with opened() as (desk, settings):
        until = None
        if moment.strip().lower() not in moments.NOW:
            try:
                until = moments.read(moment, datetime.now(UTC), settings.timezone)
            except ValueError as error:
                raise ChaparError(str(error)) from None
        done = desk.publish_at(uid, until)
    if until is None:
        typer.echo(f"{_posts(done.posts)} released; readers see {_articles(done.articles)} more")
        return
    seen = "no reader sees the article before" if done.articles else "a channel has the article, so readers see it"
    typer.echo(f"{_posts(done.posts)} held until {when(until, settings.timezone)}; {seen}")


@app.command()
def retract(uid: Uid) -> None:
    """Withdraw an article: posts, pages and feeds say «تکذیب شد»."""
    with opened() as (desk, _):
        article = desk.retract(uid)
    typer.echo(f"retracted: {article.title}")


@app.command()
def restore(uid: Uid) -> None:
    """Take a retraction back: posts, pages and feeds show the article again, and what it kept back goes out."""
    with opened() as (desk, _):
        article = desk.restore(uid)
    typer.echo(f"restored: {article.title}")


@app.command()
def decide(
    delivery: Annotated[
        int, typer.Argument(min=1, max=MOST, help="The number of the delivery, as `chapar status` tells it.")
    ],
    arrived: Annotated[bool, typer.Option("--arrived/--lost", help="Whether the post is in its channel.")],
) -> None:
    """Say what became of a post that nothing else can tell; a lost one is sent again."""
    with opened() as (desk, _):
        if not desk.decide(delivery, arrived=arrived):
            raise ChaparError(f"delivery {delivery} is not in doubt, or not for the desk to decide")
    typer.echo("decided")


@app.command()
def retry(
    delivery: Annotated[int, typer.Argument(min=1, max=MOST, help="The number of a dead delivery.")],
) -> None:
    """Try a dead delivery again, when what made the platform refuse it is mended."""
    with opened() as (desk, _):
        if not desk.retry(delivery):
            raise ChaparError(f"delivery {delivery} is not dead")
    typer.echo("it is tried again")


def _posts(count: int) -> str:
    return f"{count:,} post{'' if count == 1 else 's'}"


def _articles(count: int) -> str:
    return f"{count:,} article{'' if count == 1 else 's'}"
