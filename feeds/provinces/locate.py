"""Which provinces an article is about: the primary one first, each with its evidence, or none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from feeds.provinces import context, names, words
from feeds.provinces.context import Setting, Sign
from feeds.provinces.gazetteer import Needs

TITLE, LEAD, BODY = 2.0, 1.6, 0.6
FADING = 0.7
ENOUGH = 2.4
SHARE = 0.5
MANY = 5
SOURCE = 12.0


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words that speak for a province."""

    province: str
    field: str
    """Where they stand: `title`, `body`, `section`, `category` or `source`."""
    start: int
    """The place of the first character in that field, as it came."""
    end: int
    words: str
    kind: str
    """How they stand there: `dateline`, `office`, `division`, `plain`, `people`, `aside` or `source`."""
    weight: float


@dataclass(frozen=True, slots=True)
class Location:
    """What an article is about: slugs, the primary one first; empty where it is about no province."""

    provinces: tuple[str, ...]
    evidence: tuple[Evidence, ...] = ()
    """In the order of the text."""


def locate(
    title: str, body: str, *, section: str = "", categories: Sequence[str] = (), province: str = ""
) -> Location:
    """Find the provinces of an article."""
    evidence: list[Evidence] = []
    if province:
        evidence.append(Evidence(province, "source", 0, 0, "", "source", SOURCE))
    evidence += _in_text(title, body)
    return Location(tuple(_decide(evidence)), tuple(evidence))


def _in_text(title: str, body: str) -> list[Evidence]:
    parts = {"title": words.split(title), "body": words.split(body)}
    setting = Setting(sports=context.is_sport(parts["body"]))
    sure: list[Evidence] = []
    unsure: list[tuple[Evidence, ...]] = []
    for field, text in parts.items():
        lead = _lead_end(text)
        here = Setting(setting.sports, opening=field == "body")
        source = title if field == "title" else body
        for hit in names.find(text):
            found = []
            for place in hit.places:
                sign = context.judge(text, hit, place, here)
                if sign is Sign.NONE:
                    continue
                start, end = text.place(hit.first, hit.last)
                position = TITLE if field == "title" else LEAD if text.starts[hit.first] < lead else BODY
                weight = sign.value * (1 if sign is Sign.DATELINE else position)
                found.append((place, Evidence(place.province, field, start, end, source[start:end], sign.name.lower(), weight)))
            main = [e for p, e in found if p.needs is not Needs.PROVINCE]
            if len(main) == 1:
                sure.append(main[0])
            elif found:
                unsure.append(tuple(e for _, e in found))
    known = {e.province for e in sure}
    for choices in unsure:
        sure += [e for e in choices if e.province in known]
    return sure


def _lead_end(text: words.Words) -> int:
    end = text.folded.find("\n", 60)
    return min(end if end > 0 else 400, 600)


def _decide(evidence: Iterable[Evidence]) -> Iterator[str]:
    scores = _scores(evidence)
    ranked = sorted(scores, key=lambda slug: -scores[slug])
    if not ranked or scores[ranked[0]] < ENOUGH:
        return
    top = scores[ranked[0]]
    for slug in ranked[:3]:
        if scores[slug] >= max(ENOUGH, SHARE * top):
            yield slug


def _scores(evidence: Iterable[Evidence]) -> dict[str, float]:
    weights = defaultdict(list)
    for item in evidence:
        weights[item.province].append(item.weight)
    return {
        slug: sum(weight * FADING**rank for rank, weight in enumerate(sorted(found, reverse=True)))
        for slug, found in weights.items()
    }
