"""Lost zero-width non-joiners (ZWNJ) put back: the lexicon, the rules, and the words' forms."""
