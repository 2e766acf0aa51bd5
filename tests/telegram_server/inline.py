"""Inline queries by the Bot API's rules: what may be in an answer, and what a bot is told of a place or a forward.

Source: https://core.telegram.org/bots/api#inline-mode
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

MOST_RESULTS, LONGEST_ID, LONGEST_OFFSET, LONGEST_PAYLOAD = 50, 64, 64, 64
LONGEST_QUERY = 256
_CONTENT = {"message_text", "parse_mode", "entities", "link_preview_options"}
_ARTICLE = {
    "type", "id", "title", "input_message_content", "reply_markup", "url", "description", "thumbnail_url",
    "thumbnail_width", "thumbnail_height",
}  # fmt: skip
_BUTTON = {"text", "web_app", "start_parameter"}


class RefusedError(Exception):
    """What the Bot API says to an answer that it does not take."""


def check(
    parameters: Mapping[str, Any],
    results: list[dict[str, Any]],
    parse: Callable[[Mapping[str, Any]], Any],
    markup: Callable[[Mapping[str, Any]], Any],
    is_address: Callable[[str], bool],
) -> None:
    """Take an answer of articles, or say why not.

    Args:
        parameters: Of answerInlineQuery; the button is read already.
        results: Read from JSON.
        parse: Reads a text with its markup, as a message's.
        markup: Reads a keyboard.
        is_address: Whether something may be fetched from there.
    """
    if len(results) > MOST_RESULTS:
        raise RefusedError("RESULTS_TOO_MUCH")
    if len({result.get("id") for result in results}) != len(results):
        raise RefusedError("RESULT_ID_DUPLICATE")
    if len(str(parameters.get("next_offset", "")).encode()) > LONGEST_OFFSET:
        raise RefusedError("NEXT_OFFSET_INVALID")
    if str(parameters.get("is_personal", "false")).lower() not in ("true", "false"):
        raise RefusedError("can't parse is_personal")
    if not str(parameters.get("cache_time", 300)).isdigit():
        raise RefusedError("can't parse cache_time")
    for result in results:
        _check_article(result, parse, markup, is_address)
    button = parameters.get("button")
    if button is not None:
        payload = str(button.get("start_parameter", ""))
        fits = 1 <= len(payload) <= LONGEST_PAYLOAD and payload.replace("_", "").replace("-", "").isalnum()
        if set(button) - _BUTTON or not button.get("text") or not (payload.isascii() and fits):
            raise RefusedError("BUTTON_INVALID")


def _check_article(
    result: Mapping[str, Any],
    parse: Callable[[Mapping[str, Any]], Any],
    markup: Callable[[Mapping[str, Any]], Any],
    is_address: Callable[[str], bool],
) -> None:
    if result.get("type") != "article" or set(result) - _ARTICLE:
        raise RefusedError("can't parse inline query result")
    if not 1 <= len(str(result.get("id", "")).encode()) <= LONGEST_ID:
        raise RefusedError("RESULT_ID_INVALID")
    if not str(result.get("title", "")).strip():
        raise RefusedError("ARTICLE_TITLE_EMPTY")
    content = result.get("input_message_content")
    if not isinstance(content, Mapping) or set(content) - _CONTENT or not content.get("message_text"):
        raise RefusedError("MESSAGE_EMPTY")
    if not parse({"text": content["message_text"], **content}).text:
        raise RefusedError("MESSAGE_EMPTY")
    for name in ("thumbnail_url", "url"):
        if name in result and not is_address(result[name]):
            raise RefusedError("WEBDOCUMENT_URL_INVALID")
    markup(result)
