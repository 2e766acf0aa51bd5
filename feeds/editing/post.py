"""What a post shows above its fold: the lead, and the two or three bullets that are worth their lines.

Each has a budget of its own. The lead is the agency's, or without one the opening of its report; its first sentence
stays whole, however long. Of the sentences that can stand alone (see `bullets`) those are taken that say most of the
title, an outcome before a ceremony; none rather than a bad one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, islice, takewhile

from feeds.editing import vocabulary as words_of
from feeds.editing.choosing import bullets, introductions, scoring, speakers, statements
from feeds.editing.choosing.bullets import Bullet, told_words, units
from feeds.editing.choosing.speakers import Said, Voice
from feeds.editing.story import POINTS_BACK, Story
from feeds.models import Summary
from feeds.text import fold, sentences

LEAD_BUDGET = 240
"""UTF-16 units of a lead, beyond which no second sentence goes."""
FACTS_BUDGET = 300
MOST_FACTS = 3
MOST_OFFERED = 6
"""How many bullets are made of the sentences that say most, for the best of them to be chosen."""
MOST_LOOKED_AT = 16
"""How many of those sentences are tried."""
FEWEST_SPACES = 3
"""In the shortest sentence that a post may open with."""

FEWEST_LISTED = 2
"""Items from which a list is one."""
LONGEST_ITEM = 250
"""Characters of an item; as a bullet it has no more than any other."""

_ITEM = re.compile(r"^(?:[-–*•▪■◾●]+|[0-9۰-۹]{1,2} ?[-–.)]) ?(?=\D)")
_D = "[0-9۰-۹]"
_TEAM = "[^:.؛؟!0-9۰-۹]{2,40}"
_ROW = re.compile(
    rf"[^:.؛؟!0-9۰-۹]{{2,50}}: [^:؛؟!]*{_D}[^:؛؟!]*(?:{words_of.UNITS})\S*(?: [^:؛؟!]{{0,30}})?(?<![.…])"
    rf"|{_TEAM} {_D}{{1,3}} ?[-–] ?(?:{_D}{{1,3}} {_TEAM}|{_TEAM} {_D}{{1,3}})"
)
"""A row of a table that is understood without its head: «ربع سکه: ۲۶ میلیون تومان», «مس کرمان ۲ - ملوان ۱»."""
FEWEST_ROWS = 3
_END = re.compile(r"[.!؟?…][\"»”)\]]*$")


def summarize(title: str, story: Story) -> Summary:
    """The lead and the bullets of a post; the lead is empty only where the story is."""
    paragraphs = [sentences.split(paragraph) for paragraph in story.body.split("\n\n")]
    texts = [text for paragraph in paragraphs for text in paragraph]
    stated = statements.named(texts)
    said = speakers.voices(_parted(stated, paragraphs))
    first, end = _opening(texts, said, len(paragraphs[0]) if story.lead else 0)  # the lead is the first paragraph
    if first == end:
        return Summary(lead=story.body.split("\n", 1)[0])
    opens = texts[end - 1].endswith(":")
    listed = _listed(texts[end:]) if opens else []
    if opens and len(listed) < FEWEST_LISTED and end < len(texts) and not texts[end].endswith(":"):
        end += 1  # «… گفت:» and what he said
    lead = " ".join(texts[first:end])
    if len(listed) >= FEWEST_LISTED:
        return Summary(lead=lead, facts=_first_of(listed))
    if end == len(texts):
        return Summary(lead=lead)
    return Summary(lead=lead, facts=_facts(title, stated, said, end, lead) or _first_of(_tabled(texts[end:])))


def _parted(texts: Sequence[str], paragraphs: Sequence[Sequence[str]]) -> list[Sequence[str]]:
    """The sentences of a text in its paragraphs again."""
    rest = iter(texts)
    return [list(islice(rest, len(paragraph))) for paragraph in paragraphs]


def _listed(texts: Sequence[str]) -> list[str]:
    """The items of the list that follows a lead that ends in «:», without their marks."""
    items = [_ITEM.sub("", text) for text in takewhile(_is_item, texts)]
    return [item for item in items if item]


def _tabled(texts: Sequence[str]) -> list[str]:
    """The rows of the first table of figures or results in a text."""
    for is_row, rows in groupby(texts, key=lambda text: _ROW.fullmatch(text) is not None):
        if is_row and len(found := list(rows)) >= FEWEST_ROWS:
            return found
    return []


def _is_item(text: str) -> bool:
    """Whether a line is one item of a list, and no heading within it."""
    return (
        len(text) <= LONGEST_ITEM
        and (_ITEM.match(text) is not None or _END.search(text) is None)
        and not text.endswith(":")
    )


def _first_of(items: Sequence[str]) -> tuple[str, ...]:
    """As many of the first items as there are bullets."""
    taken: list[str] = []
    for item in items[:MOST_FACTS]:
        if units(item) > bullets.LONGEST or sum(map(units, taken)) + units(item) > FACTS_BUDGET:
            break
        taken.append(item)
    return tuple(taken)


def _opening(texts: Sequence[str], said: Sequence[Said], lead: int) -> tuple[int, int]:
    """Which sentences are the lead: those of the agency's that fit, or the first that may open a post and its next.

    Args:
        texts: all sentences.
        said: who says them.
        lead: how many of the first are the agency's own lead; 0 where it has none.
    """
    lists = bool(texts) and texts[0].endswith(":") and texts[0].count(" ") >= FEWEST_SPACES
    first = 0 if lead or lists else next((index for index, text in enumerate(texts) if _may_open(text)), len(texts))
    if lists and not lead:
        return 0, 1
    end, room = first, LEAD_BUDGET
    while end < (lead or len(texts)):
        room -= units(texts[end]) + 1
        goes_on = end > first and speakers.answers(texts[end - 1], texts[end])
        if end > first and not goes_on and (room < 0 or not (lead or said[end].voice is Voice.CONTINUED)):
            break
        end += 1
    return first, end


def _may_open(text: str) -> bool:
    """Whether a post may open with a sentence: it is one, it asks nothing, and it does not point back."""
    return (
        text.count(" ") >= FEWEST_SPACES
        and _END.search(text) is not None
        and not text.endswith(("؟", "؟»"))
        and not POINTS_BACK.match(text)
    )


def _facts(title: str, texts: Sequence[str], said: Sequence[Said], end: int, lead: str) -> tuple[str, ...]:
    """The bullets that add most to the lead, in the order of the text; a longer one only where it is the only one.

    Args:
        title: of the article.
        texts: all its sentences.
        said: who says them.
        end: how many of the first are the lead.
        lead: their text.
    """
    told_by_lead = told_words(lead)
    known = told_by_lead | told_words(title)
    short = [index for index in range(end, len(texts)) if len(texts[index]) <= bullets.LONGEST_SENTENCE]
    told_of_title = scoring.of_title(fold.words_of_key(title), [fold.words_of_key(texts[index]) for index in short])
    scores = dict(zip(short, told_of_title, strict=True))
    company: introductions.Company | None = None
    every: dict[int, Bullet] = {}
    for index in _best_first(scores)[:MOST_LOOKED_AT]:
        made = bullets.bullet_of(texts[index], said[index], known=known)
        if made and bullets.is_new(made, known, told_by_lead):
            if said[index].speaker:
                company = company or introductions.company_of(texts, said, end, known)
                made = company.introduce(made, said[index])
            if made:
                every[index] = made
        if len(every) == MOST_OFFERED:
            break
    offered = {index: bullet for index, bullet in every.items() if units(bullet.first) <= bullets.LONGEST}
    most = MOST_FACTS if offered else 1
    offered = offered or every
    chosen: list[int] = []
    for index in _best_first({index: scores[index] + bullet.weight for index, bullet in offered.items()}):
        told = [offered[other].words for other in chosen]
        if len(chosen) < most and not bullets.tells_again(offered[index].words, told):
            more = sorted([*chosen, index])
            chosen = more if sum(map(units, _in_turn([offered[one] for one in more]))) <= FACTS_BUDGET else chosen
    return tuple(_in_turn([offered[index] for index in chosen]))


def _in_turn(chosen: Sequence[Bullet]) -> Iterator[str]:
    """The texts of bullets, each after the one before it: who has been introduced is called by his name alone."""
    told: set[str] = set()
    for bullet in chosen:
        text = bullet.text if bullet.name in told else bullet.first
        yield text
        if bullet.name and bullet.name in text:
            told.add(bullet.name)


def _best_first(told: Mapping[int, float]) -> list[int]:
    """Sentences by what they say of the title; of equal ones the first, and each counts more than the next."""
    scores = dict(zip(told, scoring.placed(list(told.values())), strict=True))
    return sorted(scores, key=lambda index: (-scores[index], index))
