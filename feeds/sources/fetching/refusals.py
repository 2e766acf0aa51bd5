"""Why nothing came, for the desk: what happened, and what to do. Pure."""

from __future__ import annotations

import re

import httpx

_LATER = "it is asked again later"
_ADVICE = {
    400: "the server does not understand the address; look it up again",
    401: "the feed wants a user and a password, or others: write them into its address, https://user:***@host/…",
    402: "the feed is for those who pay; look for one that is open",
    403: "the site refuses us; from abroad, try a proxy, or ask as a browser does (agent)",
    404: "no feed at this address; look for its new one",
    405: "the server gives nothing at this address; look it up again",
    406: "the server has no form of it that we may take; ask as a browser does (agent)",
    407: "the proxy wants a user and a password, or others: write them into its address",
    408: f"the server lost its patience; {_LATER}",
    410: "the feed was given up; remove the source",
    412: f"the server takes offence at being asked whether it changed; {_LATER} without",
    418: "the site takes us for a robot that it does not want; ask as a browser does (agent)",
    423: "the feed is locked; ask the site",
    429: f"too many requests; {_LATER}",
    451: "the law keeps it from us, where we are; try a proxy",
    503: f"the site is not available for now; {_LATER}",
    525: f"Cloudflare and the site can't agree on encryption; ask the site, {_LATER}",
    526: f"the site's certificate is not valid for Cloudflare; ask the site, {_LATER}",
    530: f"Cloudflare does not find the site behind it; ask the site, {_LATER}",
}
_CLOUDFLARE = range(520, 525)
_SERVER = 500
_CLIENT = 400


def refusal(status: int, headers: httpx.Headers) -> str:
    """What a status means that brings no feed."""
    if "cf-mitigated" in headers:
        return f"HTTP {status}: a challenge (cookie or captcha) guards the feed: the site wants a browser; try a proxy"
    if status in _CLOUDFLARE:
        return f"HTTP {status}: the site behind Cloudflare does not answer; {_LATER}"
    if advice := _ADVICE.get(status):
        return f"HTTP {status}: {advice}"
    if status >= _SERVER:
        return f"HTTP {status}: the site has trouble; {_LATER}"
    if status >= _CLIENT:
        return f"HTTP {status}: the site refuses us; look the address up again, or ask as a browser does (agent)"
    return f"HTTP {status}: an answer that no feed gives; look the address up again"


def unreachable(error: Exception) -> str:
    """Why there is no connection."""
    words = cause(error)
    lower = words.lower()
    if "name or service" in lower or "getaddrinfo" in lower or "nodename" in lower or "name resolution" in lower:
        return f"no connection: no server of that name is known ({words}): is the address right, and the network up?"
    if "certificate" in lower:
        return (
            f"no connection: the certificate of the site is not to be trusted ({words}): ask the site, or try http://"
        )
    if "ssl" in lower or "tls" in lower:
        return f"no connection: the site's encryption fails ({words}): ask the site, or try http://"
    return f"no connection: {words}: is the address right, and the site up?"


def cause(error: Exception) -> str:
    """An error's words, without passwords."""
    words = str(error).strip() or type(error).__name__
    return re.sub(r"//\S*@", "//", words)[:200]
