"""Articles, from source to feed. Knows nothing of Telegram; synchronous."""

import sys

# httpx loads the command line of its own wherever click and rich are installed: 4 MB that stay, for nobody. To import
# what stands here as None is an ImportError, which httpx expects.
sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]
