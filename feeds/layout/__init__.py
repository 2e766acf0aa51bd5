"""How news looks wherever it is shown: typography, what comes first, the tile map, and what is drawn as a picture."""
