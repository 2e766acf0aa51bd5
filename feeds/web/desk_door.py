"""Who may see how the service does: the desk alone. A status page names sources, files and errors.

The desk comes with its key, or from the machine itself. Behind a proxy everybody comes from the machine itself, so
there only the key counts: where the pages have a public address, or the request says that it was passed on.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass, field
from ipaddress import ip_address

from starlette.requests import Request

_PASSED_ON = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")


@dataclass(frozen=True, slots=True)
class DeskDoor:
    """What opens the pages of the desk."""

    key: str = field(default="", repr=False)
    """As in `/status?key=…`; empty: no key opens it."""
    local: bool = True
    """Whoever sits at this machine is the desk: there is no proxy in front."""

    def opens(self, request: Request) -> bool:
        """Whether a request is the desk's."""
        given = request.query_params.get("key", "")
        if self.key and hmac.compare_digest(given.encode(), self.key.encode()):
            return True
        passed_on = any(name in request.headers for name in _PASSED_ON)
        here = _is_loopback(request.client.host if request.client else "") and _is_loopback(request.url.hostname or "")
        return self.local and not passed_on and here


def _is_loopback(host: str) -> bool:
    """Whether an address, or the name that was asked for, is the machine's own.

    A stranger's site whose name leads to this machine has the desk's own browser ask, under that site's name.
    """
    if host.lower().rstrip(".") == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
