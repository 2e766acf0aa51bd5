"""Which provinces an article is about: the primary one first, each with its evidence, or none."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from feeds.provinces import context, labels, names, words
from feeds.provinces.context import Setting, Sign
from feeds.provinces.gazetteer import Needs

_TITLE, _LEAD, _BODY = 2.0, 1.6, 0.6
"""What a name counts by where it stands; a dateline counts the same anywhere."""
_LEAD_END = re.compile(r"[.!؟](?=\s)|\n")
_COMMA = re.compile(r"\s*[،,]\s*")
_LEAD_LEAST, _LEAD_MOST = 60, 600
"""No lead is shorter or longer, in characters."""
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
_SHARE = 0.3
"""A second province scores at least this share of the first."""
_MANY = 4
"""An article that names as many provinces is about the country, unless one of them stands out."""
_MOST = 3
"""No article is filed under more provinces than this."""
_SUPPORT = 2.0
"""What other names must weigh, by their signs, to say which of several places of one name is meant."""
_TOLD = 10.0
"""What the source's own word on an article is shown to weigh; it goes before all that the text says."""


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
    return Location(_decide(evidence, brief=len(body) < _BRIEF), tuple(evidence))


def _told(field: str, label: str) -> Iterator[Evidence]:
    """What the source's own label says."""
    if found := labels.place_of(label):
        province, start, end = found
        yield Evidence(province, field, start, end, label[start:end], early=True, kind="told", weight=_TOLD)


@dataclass(frozen=True, slots=True)
class _Mention:
    """A name in the text and how it stands there, for each place that it may mean."""

    field: str
    source: str
    text: words.Words
    hit: names.Hit
    early: bool
    signs: Mapping[str, Sign]
    """By the slug of the place's province; without those that it can't mean."""
    sure: tuple[str, ...]
    """The provinces of its places that are known by name alone."""

    @property
    def key(self) -> str:
        return self.text.name(self.hit.first, self.hit.last)

    @property
    def region(self) -> bool:
        """Whether it is the older name of several provinces: خراسان."""
        return any("region" in place.kinds for place in self.hit.places)

    def evidence(self, province: str, sign: Sign) -> Evidence:
        start, end = self.text.place(self.hit.first, self.hit.last)
        position = _TITLE if self.field == "title" else _LEAD if self.early else _BODY
        return Evidence(
            province,
            self.field,
            start,
            end,
            self.source[start:end],
            early=self.early,
            kind=sign.name.lower(),
            weight=sign.value * (1 if sign is Sign.DATELINE else position),
        )


def _read(title: str, body: str) -> list[Evidence]:
    """The evidence in the text, in its order."""
    mentions = _mentions(title, body)
    qualified = _qualified(mentions)
    support: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for mention in mentions:
        if len(mention.sure) == 1:
            support[mention.sure[0]][mention.key] += mention.signs[mention.sure[0]].value
    return [item for mention in mentions for item in _resolve(mention, qualified, support)]


def _mentions(title: str, body: str) -> list[_Mention]:
    parts = (("title", title, words.split(title)), ("body", body, words.split(body)))
    hits = [(*part, hit) for part in parts for hit in names.find(part[2])]
    setting = Setting(
        sports=any(context.is_sport(text) for _, _, text in parts),
        match=any(context.is_match(text) for _, _, text in parts),
        business=any(context.is_business(text) for _, _, text in parts),
        foreign=frozenset(text.name(hit.first, hit.last) for _, _, text, hit in hits if context.is_abroad(text, hit)),
        abroad=context.namesakes(parts[0][2]) | context.namesakes(parts[1][2]),
    )
    settings = {"title": setting, "body": replace(setting, opening=True)}
    lead_end = _lead_end(body)
    listed = {id(hit) for _, _, text in parts for hit in _listed([hit for _, _, of, hit in hits if of is text], text)}
    mentions = []
    for field, source, text, hit in hits:
        signs = {place.province: context.judge(text, hit, place, settings[field]) for place in hit.places}
        signs = {province: sign for province, sign in signs.items() if sign is not Sign.NONE}
        if signs:
            early = field == "title" or text.starts[hit.first] < lead_end
            if id(hit) in listed:
                signs = {province: _of_list(sign) for province, sign in signs.items()}
            sure = tuple(p.province for p in hit.places if p.province in signs and p.needs is not Needs.PROVINCE)
            mentions.append(_Mention(field, source, text, hit, early, signs, sure))
    return mentions


def _listed(hits: Sequence[names.Hit], text: words.Words) -> Iterator[names.Hit]:
    """The names that stand in a list of so many provinces that it tells of the country: «تهران، فارس، یزد و قم»."""
    run: list[names.Hit] = []
    for hit, following in pairwise([*hits, None]):
        if hit is None:
            break
        run.append(hit)
        if following is None or not _goes_on(text, hit, following):
            if len({hit.places[0].province for hit in run}) >= _MANY:
                yield from run
            run = []


def _goes_on(text: words.Words, hit: names.Hit, following: names.Hit) -> bool:
    """Whether nothing but a comma or «و» parts two names."""
    between = text.keys[hit.last + 1 : following.first]
    return (not between and _COMMA.fullmatch(text.gap(following.first)) is not None) or between in (["و"], ["استان"])


def _of_list(sign: Sign) -> Sign:
    return sign if sign in {Sign.DATELINE, Sign.NONE} else Sign.ASIDE


def _qualified(mentions: Sequence[_Mention]) -> dict[str, str]:
    """Names that the next name tells apart: in «مهاباد اردستان» Mahabad is the one of Isfahan, throughout the text."""
    told = {}
    for mention, following in pairwise(mentions):
        adjacent = following.text is mention.text and following.hit.first == mention.hit.last + 1
        if adjacent and len(mention.signs) > 1 and mention.text.joined(following.hit.first):
            shared = set(mention.signs) & set(following.sure)
            if len(shared) == 1:
                told[mention.key] = shared.pop()
    return told


def _resolve(
    mention: _Mention, qualified: Mapping[str, str], support: Mapping[str, Mapping[str, float]]
) -> Iterator[Evidence]:
    """Which of the places of a name is meant: the one that the text tells of otherwise, too, or the best known one."""

    def supported(province: str) -> bool:
        return sum(weight for key, weight in support.get(province, {}).items() if key != mention.key) >= _SUPPORT

    told = qualified.get(mention.key, "")
    if told in mention.signs:
        yield mention.evidence(told, mention.signs[told])
        return
    backed = [province for province in mention.signs if supported(province)]
    sure = mention.sure
    if len(sure) == 1 and (sure[0] in backed or len(backed) != 1 or mention.signs[sure[0]] is Sign.DATELINE):
        yield mention.evidence(sure[0], mention.signs[sure[0]])
        return
    for province in backed:
        yield mention.evidence(province, mention.signs[province] if sure and not mention.region else Sign.ASIDE)


def _lead_end(body: str) -> int:
    """Where the lead ends: with the first sentence or paragraph that is long enough to be one."""
    end = _LEAD_END.search(body, _LEAD_LEAST)
    return min(end.start() if end else _LEAD_MOST, _LEAD_MOST)


def _decide(evidence: Iterable[Evidence], *, brief: bool) -> tuple[str, ...]:
    """The provinces that the evidence is enough for: what the source told first, then the strongest."""
    told: list[str] = []
    read: dict[str, list[Evidence]] = defaultdict(list)
    for item in evidence:
        if item.kind == "told":
            told.append(item.province)
        else:
            read[item.province].append(item)
    scores = {slug: _score(items) for slug, items in read.items()}
    ranked = sorted(scores, key=lambda slug: -scores[slug])
    if len(ranked) >= _MANY and not _stands_out(read[ranked[0]], [scores[slug] for slug in ranked]):
        ranked = []
    share = _SHARE * scores[ranked[0]] if ranked else 0.0
    sure = [slug for slug in ranked if scores[slug] >= max(share, _enough(read[slug], brief=brief))]
    return tuple(dict.fromkeys([*told, *sure]))[:_MOST]


def _enough(evidence: Iterable[Evidence], *, brief: bool) -> float:
    """What a province has to score, by where in the article it is spoken of."""
    if brief:
        return _ENOUGH_BRIEF
    return _ENOUGH if _is_early(evidence) else _ENOUGH_LATE


def _score(evidence: Iterable[Evidence]) -> float:
    weights = sorted((item.weight for item in evidence), reverse=True)
    return sum(weight * _FADING**rank for rank, weight in enumerate(weights))


def _is_early(evidence: Iterable[Evidence]) -> bool:
    """Whether the title, the lead or a dateline speaks for a province."""
    return any(
        item.kind == "dateline" or (item.early and (item.kind != "aside" or item.field == "title")) for item in evidence
    )


def _stands_out(evidence: Iterable[Evidence], scores: Sequence[float]) -> bool:
    """Whether the first of many provinces is more than one in a list."""
    return scores[0] >= 2 * scores[1] or any(item.kind == "dateline" for item in evidence)
