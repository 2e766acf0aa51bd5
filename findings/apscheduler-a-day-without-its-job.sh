#!/usr/bin/env bash
# APScheduler 3.11.3 CronTrigger, and with it python-telegram-bot 22.8's run_daily: a job at half past midnight in
# Tehran does not run on 22 March 2022, when clocks were set from 00:00 to 01:00, neither at 01:30 nor late; the next
# is that of the 23rd.
#
# Debian's cron runs such a job after the gap, and APScheduler has misfire_grace_time for what comes late; but this
# run is never planned, so there is nothing to be late. In Berlin at 02:30 the job does run on the day of the change.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet APScheduler==3.11.3 "python-telegram-bot[job-queue]==22.8" tzdata==2025.2
"$folder/venv/bin/python" -W ignore - <<'EOF'
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from apscheduler.triggers.cron import CronTrigger
from telegram.ext import ApplicationBuilder


def days(trigger, first):
    runs, last = [], None
    for _ in range(4):
        last = trigger.get_next_fire_time(last, last or first)
        runs.append(last)
    print([run.isoformat() for run in runs])
    return [run.day for run in runs]


async def nothing(_):
    pass


tehran, berlin = ZoneInfo("Asia/Tehran"), ZoneInfo("Europe/Berlin")
before = datetime(2022, 3, 19, 12, tzinfo=tehran)
assert (datetime(2022, 3, 22, 2, tzinfo=tehran).utcoffset(), before.utcoffset()) == (timedelta(hours=4.5), timedelta(hours=3.5))
assert days(CronTrigger(hour=0, minute=30, timezone=tehran), before) == [20, 21, 23, 24], "the 22nd has its run now"
queue = ApplicationBuilder().token("1:invented").build().job_queue
assert days(queue.run_daily(nothing, time(0, 30, tzinfo=tehran)).job.trigger, before) == [20, 21, 23, 24]
assert days(CronTrigger(hour=2, minute=30, timezone=berlin), datetime(2026, 3, 28, 0, tzinfo=berlin)) == [28, 29, 30, 31]
EOF
