"""Which provinces an article is about: the primary one first, each with its evidence, or none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from feeds.provinces import context, names, words
from feeds.provinces.context import Setting, Sign
from feeds.provinces.gazetteer import Needs

_TITLE, _LEAD, _BODY = 2.0, 1.6, 0.6
"""What a name counts by where it stands; a dateline counts the same anywhere."""
_FADING = 0.7
"""Each further piece of evidence for a province counts that much less than the one before."""
_ENOUGH = 2.4
"""An article is about a province that scores this."""
_ENOUGH_BRIEF = 1.5
"""As much in a brief item, where one plain mention is all that there can be."""
_ENOUGH_LATE = 4.0
"""As much where neither title nor lead nor a dateline speaks for it."""
_BRIEF = 400
"""A brief item is shorter than this, in characters of its body."""
_SHARE = 0.5
"""A second province scores at least this share of the first."""
_MANY = 5
"""An article that names as many provinces is about the country, unless one of them stands out."""
_MOST = 3
"""No article is filed under more provinces than this."""
_TOLD = 30.0
"""The weight of what the source itself says of an article."""


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
    early: bool
    """Whether they stand in the title or the lead."""
    kind: str
    """How they stand there: the name of a `context.Sign` in small letters, or `told` by the source."""
    weight: float


@dataclass(frozen=True, slots=True)
class Location:
    """What an article is about: slugs, the primary one first; empty where it is about no province."""

    provinces: tuple[str, ...]
    evidence: tuple[Evidence, ...] = ()
    """In the order of the text."""


def locate(title: str, body: str, *, section: str = "", categories: Sequence[str] = (), province: str = "") -> Location:
    """Find the provinces of an article.

    Args:
        title: The headline, as it came.
        body: The text, its lead first; paragraphs may be parted in any way.
        section: The section that the source filed it under.
        categories: The feed's categories, such as «استان‌ها > تهران».
        province: The slug of the province that all of the source is about, where it is about one.
    """
    evidence = [Evidence(province, "source", 0, 0, "", early=True, kind="told", weight=_TOLD)] if province else []
    evidence += _told("section", section)
    for category in categories:
        evidence += _told("category", category)
    evidence += _read(title, body)
    return Location(tuple(_decide(evidence, brief=len(body) < _BRIEF)), tuple(evidence))


def _told(field: str, label: str) -> Iterator[Evidence]:
    """What the source's own label says: its last part names a province or a town."""
    text = words.split(label)
    hits = list(names.find(text))
    if not hits:
        return
    hit = hits[-1]
    whole = hit.last == len(text.keys) - 1 and (hit.first == 0 or text.keys[0].startswith("استان"))
    sure = [place.province for place in hit.places if place.needs is not Needs.PROVINCE]
    if whole and len(sure) == 1:
        start, end = text.place(hit.first, hit.last)
        yield Evidence(sure[0], field, start, end, label[start:end], early=True, kind="told", weight=_TOLD)


def _read(title: str, body: str) -> list[Evidence]:
    """The evidence in the text, in its order."""
    parts = (("title", title, words.split(title)), ("body", body, words.split(body)))
    hits = [(part, hit) for part in parts for hit in names.find(part[2])]
    setting = Setting(
        sports=any(context.is_sport(text) for _, _, text in parts),
        foreign=frozenset(text.name(hit.first, hit.last) for (_, _, text), hit in hits if context.is_abroad(text, hit)),
    )
    settings = {"title": setting, "body": replace(setting, opening=True)}
    lead_end = _lead_end(body)
    found = [
        _meanings(part, hit, settings[part[0]], early=part[0] == "title" or part[2].starts[hit.first] < lead_end)
        for part, hit in hits
    ]
    known = {meanings[0].province for meanings in found if len(meanings) == 1 and meanings[0].kind != "aside"}
    return [item for meanings in found for item in meanings if len(meanings) == 1 or item.province in known]


def _meanings(part: tuple[str, str, words.Words], hit: names.Hit, setting: Setting, *, early: bool) -> list[Evidence]:
    """What a name may speak for: one place where it is clear which, else all of that name."""
    field, source, text = part
    start, end = text.place(hit.first, hit.last)
    position = _TITLE if field == "title" else _LEAD if early else _BODY
    found = []
    for place in hit.places:
        sign = context.judge(text, hit, place, setting)
        if sign is not Sign.NONE:
            weight = sign.value * (1 if sign is Sign.DATELINE else position)
            kind = sign.name.lower()
            item = Evidence(place.province, field, start, end, source[start:end], early=early, kind=kind, weight=weight)
            found.append((place.needs, item))
    main = [item for needs, item in found if needs is not Needs.PROVINCE]
    return main if len(main) == 1 else [item for _, item in found]


def _lead_end(body: str) -> int:
    """Where the lead ends: with the first paragraph that is long enough to be one."""
    end = body.find("\n", 60)
    return min(end if end > 0 else 400, 600)


def _decide(evidence: Iterable[Evidence], *, brief: bool) -> Iterator[str]:
    """The provinces that the evidence is enough for, the strongest first."""
    by_province: dict[str, list[Evidence]] = defaultdict(list)
    for item in evidence:
        by_province[item.province].append(item)
    scores = {slug: _score(items) for slug, items in by_province.items()}
    ranked = sorted(scores, key=lambda slug: -scores[slug])
    if not ranked or (len(ranked) >= _MANY and not _stands_out(by_province[ranked[0]])):
        return
    least = max(_ENOUGH_BRIEF if brief else _ENOUGH, _SHARE * scores[ranked[0]])
    for slug in ranked[:_MOST]:
        if scores[slug] >= (least if brief or _is_early(by_province[slug]) else max(least, _ENOUGH_LATE)):
            yield slug


def _score(evidence: Iterable[Evidence]) -> float:
    weights = sorted((item.weight for item in evidence), reverse=True)
    return sum(weight * _FADING**rank for rank, weight in enumerate(weights))


def _is_early(evidence: Iterable[Evidence]) -> bool:
    """Whether a title, a lead, a dateline or the source speaks for a province."""
    return any(item.kind == "dateline" or (item.early and item.kind != "aside") for item in evidence)


def _stands_out(evidence: Iterable[Evidence]) -> bool:
    """Whether the evidence is more than one name among many: a dateline, or an office in the title or the lead."""
    strong = {"told", "dateline", "office", "division"}
    return any(item.kind in strong and (item.early or item.kind == "dateline") for item in evidence)
