"""How posts go out: routed, claimed, sent within the limits, settled, and looked for where an answer was lost."""
