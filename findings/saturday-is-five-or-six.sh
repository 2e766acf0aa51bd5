#!/usr/bin/env bash
# Six is Sunday to APScheduler 3.11.3, in CronTrigger.from_crontab("0 8 * * 6") as well; to crontab(5) and to
# python-telegram-bot 22.8's run_daily(days=(6,)), which APScheduler carries out, six is Saturday.
#
# APScheduler counts from Monday, and the one method whose name says that it reads a crontab counts so too. The week of
# Iran begins on Saturday: a weekly summary comes a day late, once a week, and is complete. Two jobs of one scheduler
# with the same number run on two days. Write names: "0 8 * * sat".
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet APScheduler==3.11.3 "python-telegram-bot[job-queue]==22.8" croniter==6.0.0 tzdata==2025.2
"$folder/venv/bin/python" -W ignore - <<'EOF'
from datetime import datetime, time
from zoneinfo import ZoneInfo

from apscheduler.triggers.cron import CronTrigger
from croniter import croniter
from telegram.ext import ApplicationBuilder

tehran = ZoneInfo("Asia/Tehran")
new_year = datetime(2026, 1, 1, tzinfo=tehran)


async def nothing(_):
    pass


queue = ApplicationBuilder().token("1:invented").build().job_queue
seen = {
    "from_crontab 6": CronTrigger.from_crontab("0 8 * * 6", tehran).get_next_fire_time(None, new_year),
    "from_crontab sat": CronTrigger.from_crontab("0 8 * * sat", tehran).get_next_fire_time(None, new_year),
    "croniter 6": croniter("0 8 * * 6", new_year).get_next(datetime),
    "run_daily 6": queue.run_daily(nothing, time(8, tzinfo=tehran), days=(6,)).job.trigger.get_next_fire_time(None, new_year),
}
seen = {name: when.strftime("%A") for name, when in seen.items()}
print(seen)
assert seen.pop("from_crontab 6") == "Sunday", "as in a crontab now"
assert set(seen.values()) == {"Saturday"}
EOF
