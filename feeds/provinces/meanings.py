"""What the names of the gazetteer mean to someone who types them: the tables that `lookup` reads a query with."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from itertools import permutations
from types import MappingProxyType

from feeds.provinces import gazetteer, names
from feeds.provinces.gazetteer import Needs, Place
from feeds.provinces.words import fold

TODAY: Mapping[str, str] = MappingProxyType(
    {
        "رضائیه": "ارومیه", "بندر پهلوی": "بندر انزلی", "شهسوار": "تنکابن", "شاهی": "قائم‌شهر", "سخت‌سر": "رامسر",
        "مشهدسر": "بابلسر", "متل‌قو": "سلمان‌شهر", "خونین‌شهر": "خرمشهر", "محمره": "خرمشهر", "ایذج": "ایذه",
        "بندر شاهپور": "بندر امام خمینی", "شاه‌آباد غرب": "اسلام‌آباد غرب", "ترشیز": "کاشمر", "دزداب": "زاهدان",
        "همایون‌شهر": "خمینی‌شهر", "استرآباد": "گرگان", "بندر شاه": "بندر ترکمن", "خیاو": "مشگین‌شهر",
        "گامبرون": "بندرعباس", "زنگان": "زنجان", "شاهپور": "سلماس", "چاه بهار": "چابهار", "ابرقو": "ابرکوه",
        "ابرقوه": "ابرکوه", "خارگ": "خارک", "جزیره خارگ": "خارک", "گنبد": "گنبد کاووس", "گنبد کاوس": "گنبد کاووس",
        "گنبدقابوس": "گنبد کاووس", "مشکین‌شهر": "مشگین‌شهر",
    }
)  # fmt: skip
"""Older names and spellings of towns, as news calls the towns today."""
REGIONS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "شمال": ("gilan", "mazandaran", "golestan"),
        "جنوب": ("khuzestan", "bushehr", "hormozgan"),
        "غرب": ("west-azerbaijan", "kurdistan", "kermanshah", "ilam", "lorestan", "hamadan"),
        "شرق": ("north-khorasan", "razavi-khorasan", "south-khorasan", "sistan-baluchestan"),
        "شمال غرب": ("west-azerbaijan", "east-azerbaijan", "ardabil", "zanjan"),
        "شمال شرق": ("golestan", "north-khorasan", "razavi-khorasan"),
        "جنوب شرق": ("kerman", "hormozgan", "sistan-baluchestan"),
        "جنوب غرب": ("khuzestan", "kohgiluyeh-boyerahmad", "bushehr"),
    }
)
"""Parts of the country, as weather reports name them, and their provinces: the news of all these is meant."""
_OF_COUNTRY = (
    *("{part} کشور", "{part} ایران"),
    *(
        f"{provinces} {part}"
        for provinces in ("استان‌های", "استانهای", "استانای", "مناطق", "نواحی", "نوار")
        for part in ("{part} کشور", "{of_part} کشور")
    ),
    *(f"{provinces} {{of_part}}" for provinces in ("استان‌های", "استانهای", "استانای")),
)
"""How a part of the country is named; «شمال» alone may be a city's, and «مناطق شمالی» a province's."""
_OF_LONGER_PART = ("{of_part} کشور", "{of_part} ایران")
"""How those of two words are named, too: «شمال غربی کشور», but not «(کره) جنوبی کشور»."""
_ALONE = frozenset({"شمال", "جنوب"})
"""Parts that are meant where nothing else is said: «شمال چه خبر»."""
ONE_SLIP, TWO_SLIPS = 5, 8
"""From how many letters a name is still known with one letter wrong, and with two."""
_VOWELS = re.compile(r"[aeiouy]+")
_RANKS = ({"province", "region"}, {"county"}, {"city", "alias"}, {"district", "landmark"})
"""Of places of one name those of the first standing here are meant."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a name may mean to someone who types it."""

    provinces: tuple[str, ...]
    needs: Needs = Needs.NOTHING
    known: bool = True
    """It is a county, or an older name of one: known beyond its province."""
    capital: bool = False
    """It is a province, or the capital of one."""
    name: str = ""
    """As editors write it; of a name of several places, the best known one's."""
    together: bool = False
    """All of its provinces are meant, and not one of them: a part of the country."""

    @property
    def is_town(self) -> bool:
        """It is a place within its province, and neither the province's seat nor a part of its name."""
        if len(self.provinces) != 1 or not self.name:
            return False
        return fold(TODAY.get(self.name, self.name)).removeprefix("شهر ") not in _stands_for_province(self.provinces[0])


@cache
def _stands_for_province(slug: str) -> frozenset[str]:
    """The names that mean all of a province: its own, their parts («بلوچستان»), its capital's, the region's."""
    province = gazetteer.by_slug(slug)
    whole = [fold(name) for name in (province.name, *province.aliases)]
    regions = [fold(place.name) for place in gazetteer.PLACES if place.province == slug and "region" in place.kinds]
    halves = [half.strip() for name in whole for half in name.split(" و ")]
    halves += [word for name in whole if " و " in name for word in name.split() if len(word) > _CONJUNCTION]
    return frozenset((*whole, *halves, *regions, fold(province.capital)))


_CONJUNCTION = 1


def slips(name: str) -> int:
    """How many letters of a name may be wrong."""
    return 2 if len(name) >= TWO_SLIPS else 1 if len(name) >= ONE_SLIP else 0


def together(name: str) -> str:
    """A Latin name as it is compared: its letters only, written together."""
    return "".join(character for character in name if character.isalpha())


def plain(key: str) -> str:
    """A Persian key as hurried people type it: without the sign of آ."""
    return key.replace("آ", "ا")


def sound(key: str) -> str:
    """A Latin spelling without what writers differ in: vowels, doubled letters, q and gh, k and c."""
    key = key.replace("gh", "q").replace("sch", "sh").replace("ph", "f")
    key = _VOWELS.sub("a", key)
    return re.sub(r"(.)\1+", r"\1", key)


@cache
def persian(spelling: str) -> Meaning | None:
    """What a Persian spelling means; None where it names nothing."""
    places = _persian_spellings().get(spelling)
    return _best(places.values()) if places else _regions().get(spelling)


@cache
def _regions() -> Mapping[str, Meaning]:
    """Every way to name a part of the country -> the provinces there."""
    table = {}
    of_two = {
        f"{one} و {other}": tuple(dict.fromkeys((*REGIONS[one], *REGIONS[other])))
        for one, other in permutations(REGIONS, 2)
    }
    for part, provinces in {**of_two, **REGIONS}.items():
        meaning = Meaning(provinces, name=f"{part} کشور", together=True)
        of_part = f"{part}ی".replace(" و ", "ی و ")
        for form in (*_OF_COUNTRY, *(_OF_LONGER_PART if " " in part else ())):
            table[plain(fold(form.format(part=part, of_part=of_part)))] = meaning
        if part in _ALONE:
            table[part] = replace(meaning, needs=Needs.PROVINCE)
    return table


@cache
def _persian_spellings() -> Mapping[str, Mapping[str, Place]]:
    """Every Persian spelling as it may be typed -> the places of that name, by province."""
    gathered: dict[str, dict[str, Place]] = {}
    for spelling, places in names.spellings().items():
        for place in places:
            if place.kinds != names.DEMONYM:
                gathered.setdefault(spelling, {}).setdefault(place.province, place)
                if place.needs in {Needs.NOTHING, Needs.PROVINCE}:  # «اوج» is not «آوج»
                    gathered.setdefault(plain(spelling), {}).setdefault(place.province, place)
    return gathered


def _best(places: Iterable[Place]) -> Meaning:
    """Of places of one name those of the highest standing: a county before a village, all provinces of a region."""
    standing: dict[int, list[Place]] = {}
    for place in places:
        rank = next((rank for rank, kinds in enumerate(_RANKS) if kinds & place.kinds), len(_RANKS))
        standing.setdefault(rank, []).append(place)
    best = standing[min(standing)]
    if names.PROVINCE in {place.kinds for place in best}:
        return Meaning(tuple(place.province for place in best), capital=True, name=best[0].name)
    if any("region" in place.kinds for place in best):
        return Meaning(tuple(place.province for place in best), name=best[0].name)
    needs = best[0].needs if len({place.needs for place in best}) == 1 else Needs.NOTHING
    known = any({"county", "alias"} & place.kinds for place in best)
    return Meaning(tuple(place.province for place in best), needs, known=known, name=best[0].name)


@cache
def latin() -> Mapping[str, Meaning]:
    """Every Latin spelling, its words written together -> what it means."""
    return {together(name): meaning for name, meaning in _latin_spellings().items()}


@cache
def _latin_spellings() -> Mapping[str, Meaning]:
    """Every Latin spelling as it is in the tables; a province's own go before a town's."""
    towns: dict[str, list[Place]] = {}
    for place in gazetteer.PLACES:
        for name in place.latin:
            towns.setdefault(name, []).append(place)
    table = {
        name: Meaning(tuple(dict.fromkeys(place.province for place in places)), name=places[0].name)
        for name, places in towns.items()
    }
    for province in gazetteer.PROVINCES:
        for name in (*province.latin, province.english.lower(), province.slug.replace("-", " ")):
            table[name] = Meaning((province.slug,), capital=True, name=province.name)
    return table


@cache
def latin_with_slips(first: str, *, several_words: bool) -> Mapping[str, Meaning]:
    """Latin spellings that are known with a slip; English has too many words to let short ones begin otherwise."""
    return {
        together(name): meaning
        for name, meaning in _latin_spellings().items()
        if (" " in name) == several_words and (name[0] == first or len(name) >= TWO_SLIPS)
    }


@cache
def latin_sounds() -> Mapping[str, Meaning]:
    """Latin spellings by their sound, of names long enough that few other words sound alike."""
    table: dict[str, dict[tuple[str, ...], Meaning]] = {}
    for name, meaning in latin().items():
        if len(name) > ONE_SLIP:
            table.setdefault(sound(name), {}).setdefault(meaning.provinces, meaning)
    alone = {sound: next(iter(found.values())) for sound, found in table.items() if len(found) == 1}
    return {sound: Meaning(meaning.provinces, name=meaning.name) for sound, meaning in alone.items()}


@cache
def broken() -> Mapping[str, Meaning]:
    """Names of provinces, capitals and counties without spaces: what is put together where it was typed in pieces.

    Of the counties, those whose name is one word and means nothing else: «کوه دشت» is Kuhdasht.
    """
    table: dict[str, Meaning] = {}
    for place in gazetteer.PLACES:
        spelling = plain(fold(place.name))
        one_word = " " not in spelling and "\u200c" not in place.name and len(spelling) >= _SHORTEST_BROKEN + 1
        if (
            one_word
            and "county" in place.kinds
            and place.needs is Needs.NOTHING
            and (known := persian(fold(place.name)))
        ):
            table[spelling] = known
    for province in gazetteer.PROVINCES:
        for name in (province.capital, *province.aliases, province.name):
            spelling = plain(fold(name)).replace(" ", "")
            if len(spelling) >= _SHORTEST_BROKEN:
                table[spelling] = Meaning((province.slug,), capital=True, name=name)
    table["چهارمحال"] = replace(table["چهارمحالوبختیاری"], name="چهارمحال")
    return table


_SHORTEST_BROKEN = 4


@cache
def persian_with_slips(*, several_words: bool) -> Mapping[str, Meaning]:
    """Names that are known with a slip: provinces, their capitals and counties that mean nothing else."""
    capitals = {fold(province.capital) for province in gazetteer.PROVINCES}
    table = {}
    for spelling, places in names.spellings().items():
        if (" " in spelling) != several_words:
            continue
        known = [p for p in places if p.kinds & {"province", "county", "region"} or spelling in capitals]
        meaning = persian(spelling) if known else None
        if meaning and meaning.needs in {Needs.NOTHING, Needs.PLACE}:
            table[plain(spelling).replace(" ", "")] = replace(meaning, capital=meaning.capital or spelling in capitals)
    return table


@cache
def ordinary_words() -> frozenset[str]:
    """Words of the language that are a slip away from a name: زندان is not زنجان."""
    _, *words = files(__package__).joinpath("data", "ordinary.csv").read_text(encoding="utf-8").split()
    return frozenset(words)
