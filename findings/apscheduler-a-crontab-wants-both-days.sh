#!/usr/bin/env bash
# APScheduler 3.11.3: CronTrigger.from_crontab("0 8 1 * sat"), on the first of the month and on Saturdays to every cron,
# runs only where a Saturday is the first: once or twice a year.
#
# crontab(5): where both fields of days are given, either is enough. The method is there to read crontabs, and this
# line is valid and runs, so that its job comes less often by fifty times is seen only by who waits for it. Make two
# triggers and an OrTrigger of them.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet APScheduler==3.11.3 croniter==6.0.0 tzdata==2025.2
"$folder/venv/bin/python" -W ignore - <<'EOF'
from datetime import datetime, timedelta
from itertools import takewhile
from zoneinfo import ZoneInfo

from apscheduler.triggers.cron import CronTrigger
from croniter import croniter

tehran = ZoneInfo("Asia/Tehran")
first, last = datetime(2026, 1, 1, tzinfo=tehran), datetime(2027, 1, 1, tzinfo=tehran)
trigger = CronTrigger.from_crontab("0 8 1 * sat", tehran)


def runs(now=first):
    while when := trigger.get_next_fire_time(None, now):
        yield when
        now = when + timedelta(minutes=1)


by_apscheduler = [when.strftime("%d %b") for when in takewhile(lambda when: when < last, runs())]
by_croniter = list(takewhile(lambda when: when < last, croniter("0 8 1 * sat", first).all_next(datetime)))
print("APScheduler", by_apscheduler, "croniter", len(by_croniter), "runs")
assert by_apscheduler == ["01 Aug"], "either is enough now"
assert len(by_croniter) == 63
EOF
