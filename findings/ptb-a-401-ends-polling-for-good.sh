#!/usr/bin/env bash
# python-telegram-bot 22.8: a single 401 or 404 to getUpdates ends polling for ever; the updater stays `running`,
# nothing is called, and the process goes on as a bot that hears nobody. After a 502 it asks again.
#
# A server that is restarted, a proxy on the way or a gateway in front of a Bot API server of one's own says 404 for a
# moment. A wrong token should end a start; in the middle of the night a task that has ended in silence is not what
# `updater.running` and `application.running`, both True, say. The error comes up when somebody calls updater.stop().
# The server here is a small one on 127.0.0.1.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet python-telegram-bot==22.8
"$folder/venv/bin/python" -W ignore - <<'EOF'
import asyncio
import json
import logging
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from telegram.error import InvalidToken
from telegram.ext import ApplicationBuilder

logging.disable()
BOT = {"id": 1, "is_bot": True, "first_name": "خبر", "username": "invented_bot"}


class BotApi(BaseHTTPRequestHandler):
    failure, asked = 0, 0

    def do_POST(self):
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        method, status = self.path.rsplit("/", 1)[-1], 200
        if method == "getUpdates":
            BotApi.asked += 1
            status = BotApi.failure if BotApi.asked == 2 else 200
        answer = {"ok": True, "result": BOT if method == "getMe" else [] if method == "getUpdates" else True}
        if status != 200:
            answer = {"ok": False, "error_code": status, "description": "for a moment"}
        body = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


async def poll(base, failure):
    BotApi.failure, BotApi.asked = failure, 0
    application = ApplicationBuilder().token("1:invented").base_url(base).build()
    async with application:
        await application.start()
        await application.updater.start_polling(poll_interval=0.2, timeout=0)
        await asyncio.sleep(6)
        seen = BotApi.asked, application.updater.running, application.running
        try:
            await application.updater.stop()
            told = None
        except InvalidToken as error:
            told = error
        await application.stop()
    print(f"{failure}: getUpdates asked {'twice' if seen[0] == 2 else 'on and on'}, updater and application running {seen[1:]}")
    print("at updater.stop():", repr(told))
    return seen


server = ThreadingHTTPServer(("127.0.0.1", 0), BotApi)
threading.Thread(target=server.serve_forever, daemon=True).start()
base = f"http://127.0.0.1:{server.server_port}/bot"
for failure in (401, 404):
    assert asyncio.run(poll(base, failure)) == (2, True, True), "it asks again now"
asked, *running = asyncio.run(poll(base, 502))
assert asked > 3 and running == [True, True]
EOF
