"""Ten thousand documents in the inbox: how long until the first is seen, how many a second, how much memory.

Claim: `chapar run --once` takes in 10,000 documents with less than 400 MB, and shows the first within seconds.
Peer: hazm's Normalizer alone (the library that most Persian projects clean their text with) on the same texts, in the
same run: Chapar also restores ZWNJ, finds the province, sums up, stores, indexes, publishes to the preview and writes
feeds.

    python bench/ingest.py [--documents 10000] [--skip-hazm]
"""

from __future__ import annotations

import argparse
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing, suppress
from datetime import date, timedelta
from pathlib import Path

CITIES = (
    "قم",
    "تهران",
    "اصفهان",
    "شیراز",
    "مشهد",
    "اهواز",
    "رشت",
    "ساری",
    "تبریز",
    "ارومیه",
    "کرمانشاه",
    "زاهدان",
    "همدان",
    "یزد",
)
WHO = (
    "استاندار",
    "فرماندار",
    "شهردار",
    "مدیرکل",
    "سرپرست",
)
WHAT = (
    "ساخت بیمارستان تازه",
    "آسفالت راه‌های روستایی",
    "مرمت بازار تاریخی",
    "برداشت گندم از کشتزارها",
    "جشنوارهٔ کتاب و نشر",
    "بهره‌برداری از نیروگاه خورشیدی",
    "آموزش مهارت به جوانان",
    "پاک‌سازی رودخانه و تالاب",
)
SENTENCES = (
    "{who} {city} گفت: {what} با {n} میلیارد تومان اعتبار تا پایان سال به بهره‌برداری می‌رسد.",
    "وی افزود: {n} نفر در این طرح سرگرم کارند و {m} درصد آن پیشرفت داشته است.",
    "به گفتهٔ او، همكاري‌هاي مردم و سرمایه گذاران سبب شد که کارها زودتر از برنامه پیش برود.",
    "این مسئول با اشاره به {what} خاطرنشان کرد: نیازهای {n} روستا در همین مرحله برآورده میشود.",
    "در سالهای گذشته {m} طرح دیگر نیز در {city} آغاز شده است که نشاندهنده توجه به استان است.",
    "گزارش تازه نشان می‌دهد که مصرف آب {m} درصد کاهش یافته و درآمد خانوارها افزایش داشته است.",
)


def write_documents(folder: Path, count: int) -> None:
    chance = random.Random(1404)
    for number in range(count):
        city, what = chance.choice(CITIES), chance.choice(WHAT)
        facts = {"city": city, "what": what, "who": chance.choice(WHO)}
        day = date(2024, 1, 1) + timedelta(days=number % 600)
        paragraphs = [
            " ".join(
                sentence.format(**facts, n=chance.randint(2, 900), m=chance.randint(2, 99))
                for sentence in chance.choices(SENTENCES, k=3)
            )
            for _ in range(5)
        ]
        text = f" date {day}   {number}. نمونه\n{what} در {city}، گزارش شمارهٔ {number}\n\n{city} – " + "\n\n".join(
            paragraphs
        )
        (folder / f"{number:06}.txt").write_text(text + "\n", encoding="utf-8")


def count_sent(database: Path) -> int:
    with suppress(sqlite3.Error), closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        return int(connection.execute("SELECT count(*) FROM deliveries WHERE state = 'sent'").fetchone()[0])
    return 0


def run_once(home: Path, environment: dict[str, str]) -> tuple[float, float, float, float]:
    """Run one pass. Returns seconds until the first post, seconds in all, seconds of CPU, and megabytes at the peak."""
    database = home / "var/chapar.db"
    begin, first = time.perf_counter(), 0.0
    with (home / "log.txt").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "bot", "run", "--once"], cwd=home, env=environment, stdout=log, stderr=log
        )
        while True:
            pid, status, usage = os.wait4(process.pid, os.WNOHANG)
            if pid:
                break
            if not first and count_sent(database):
                first = time.perf_counter() - begin
            time.sleep(0.05)
    if status:
        raise SystemExit((home / "log.txt").read_text()[-2000:])
    return first, time.perf_counter() - begin, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def hazm_alone(folder: Path) -> tuple[float, float]:
    """Seconds for all texts, and megabytes at the peak."""
    program = (
        "import sys, time, resource\nfrom pathlib import Path\nfrom hazm import Normalizer\n"
        "normalizer = Normalizer()\nbegin = time.perf_counter()\n"
        "for path in Path(sys.argv[1]).glob('*.txt'): normalizer.normalize(path.read_text(encoding='utf-8'))\n"
        "print(time.perf_counter() - begin, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)"
    )
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program, str(folder)], check=True, capture_output=True, text=True
    )
    seconds, megabytes = done.stdout.split()[-2:]
    return float(seconds), float(megabytes)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--skip-hazm", action="store_true")
    options = parser.parse_args()
    root = Path(__file__).resolve().parent.parent
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        seeds = home / "seeds"
        seeds.mkdir()
        write_documents(seeds, options.documents)
        size = sum(path.stat().st_size for path in seeds.iterdir()) / options.documents
        print(f"{options.documents} documents of {size:.0f} bytes\n")
        environment = {**os.environ, "PYTHONPATH": str(root), "LOG_LEVEL": "WARNING"}
        print("| | first post s | all s | CPU s | articles/s | peak MB |\n|---|---|---|---|---|---|")
        for label in ("first pass", "unchanged pass"):
            first, seconds, cpu, megabytes = run_once(home, environment)
            shown = f"{first:.1f}" if label == "first pass" else ""
            rate = options.documents / seconds
            print(f"| {label} | {shown} | {seconds:.1f} | {cpu:.1f} | {rate:.0f} | {megabytes:.0f} |", flush=True)
        if count_sent(home / "var/chapar.db") != options.documents:
            raise SystemExit("not every document was posted once")
        if not options.skip_hazm:
            seconds, megabytes = hazm_alone(seeds)
            rate = options.documents / seconds
            print(f"| hazm Normalizer alone | | {seconds:.1f} | | {rate:.0f} | {megabytes:.0f} |")


if __name__ == "__main__":
    main()
