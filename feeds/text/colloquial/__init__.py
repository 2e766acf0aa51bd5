"""Colloquial Persian, as people type it in searches, to the formal Persian that news is written in.

    «قیمت نون تو کرمون چنده»  ->  «قیمت نان در کرمان چند است»

    reading    a text -> its words, each with what it may stand for
    |- rules   endings («خبرای», «خونمون») and sounds («خیابون») that make words without end: ours
    `- table   single words and verbs («آتیش», «میگه»): hazm's answers, mapped from a file
    learning   starts, bounds and follows the child process that asks hazm
    asking     that process: the only place where hazm is loaded

hazm takes 8 s and 600 MB to load, so it is asked once for each of its versions. Until it has answered, or where it is
missing, the rules answer alone: the words that only hazm knows are then searched for as they were typed. No copy of its
answers is shipped: it would age, and the library that is installed would do nothing.
"""

from feeds.text.colloquial.reading import Word, formal, read, use

__all__ = ["Word", "formal", "read", "use"]
