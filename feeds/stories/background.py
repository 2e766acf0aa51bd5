"""How common everyday words are: what a small archive can't tell yet of which words are rare."""

from __future__ import annotations

from functools import cache

ARTICLES = 2000
"""Articles that are imagined beside the real ones, so that a new index knows already which words are common."""
COMMON = 0.02
_EVERYDAY = 0.1
_EVERYDAY_WORDS = (
    "از به با بر در و که این آن را برای تا هم نیز یک یا هر شد شده است بود می کرد کرده دارد داشت گفت وی او خود خبر داد "
    "اعلام اظهار افزود همه دیگر پس پیش روز سال گزارش"
)
_COMMON_WORDS = (
    "استان شهر شهرستان مدیرکل رئیس فرماندار استاندار شهردار مدیر سخنگو امروز دیروز شب صبح عصر نفر تن هزار میلیون "
    "میلیارد تومان درصد آغاز پایان طرح مردم کشور ایران منطقه روستا اداره سازمان پلیس جاده راه محور حضور نخستین بار "
    "میان مرکز دستگاه خودرو حادثه اثر علت گشایش افتتاح بهره برداری تولید ساخت"
)


@cache
def imagined() -> dict[str, float]:
    """How many of the imagined articles have a word; of another word, one."""
    common = dict.fromkeys(_COMMON_WORDS.split(), COMMON * ARTICLES)
    return common | dict.fromkeys(_EVERYDAY_WORDS.split(), _EVERYDAY * ARTICLES)


def share(word: str, held: float, total: float) -> float:
    """The share of articles that have a word, the imagined ones among them.

    Args:
        word: The word, folded.
        held: How many real articles have it.
        total: How many real articles there are.
    """
    return (imagined().get(word, 1) + held) / (ARTICLES + total)
