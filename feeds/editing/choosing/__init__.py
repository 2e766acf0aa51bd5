"""Which sentences of a story can be told again, and how each stands alone; pure.

speakers    who says what, where that is proven
quoting     which paragraphs are somebody's words
statements  whose statement a sentence goes on with
pointers    what only the sentences before it tell
shortening  a sentence without what it can do without
bullets     which sentences can stand alone, behind the lead
introductions  who a speaker is
scoring     how much a sentence says of the title and the text
"""
