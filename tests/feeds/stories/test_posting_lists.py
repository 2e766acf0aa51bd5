from __future__ import annotations

import subprocess
import sys
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from feeds.stories.posting_lists import Hashes, Words

HASHES = st.sets(st.sampled_from((0, 1, 2, 1024, 1025, 2**32 - 1, 2**32 - 1024)))  # of few shelves
ARTICLES = st.lists(HASHES, max_size=8)
FOLLOWING = """
import sys
import feeds.pipeline, feeds.stories.coverage, feeds.sources.following.poll
from feeds.text import normalize
normalize.normalize("کتابها")
print([name for name in ("numpy", "scipy", "hazm", "trafilatura", "alembic") if name in sys.modules])
"""


@given(ARTICLES, st.data())
def test_articles_are_found_by_their_hashes_and_words_until_they_are_removed(
    articles: list[set[int]], data: st.DataObject
) -> None:
    hashes, words = Hashes(), Words()
    named = []
    for number, held in enumerate(articles):
        hashes.add(held, number)
        named.append(words.add(map(str, held), number))
    for number in data.draw(st.sets(st.sampled_from(range(len(articles)))) if articles else st.just(set[int]())):
        hashes.remove(articles[number], number)
        words.remove(named[number], number)
        articles[number] = set()
    wanted = data.draw(HASHES)
    expected = Counter(number for number, held in enumerate(articles) for _ in held & wanted)
    assert Counter(hashes.holding(wanted)) == Counter(words.holding(map(str, wanted))) == expected
    assert all(words.count(str(one)) == sum(one in held for held in articles) for one in wanted)


def test_following_feeds_loads_nothing_heavy() -> None:
    answer = subprocess.run([sys.executable, "-c", FOLLOWING], check=True, capture_output=True, text=True).stdout
    assert answer.strip() == "[]"
