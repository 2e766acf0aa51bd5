"""What a person typed -> SearchQuery, and why an article was found.

parse       the whole of a search, in reading order: signs, source, period, commands, places, words
asking      words that ask, thank and join; commands in words
alike       what news may call what was typed: «سارق» for «دزد»
signs       what is marked: «a phrase», -a word to leave out, «نه تهران»
sources     «از ایرنا»
marking     the words that were found, marked in a title and in the best sentence
"""

from __future__ import annotations

from feeds.search.parse import LONGEST, MOST_TERMS, parse

__all__ = ["LONGEST", "MOST_TERMS", "parse"]
