from __future__ import annotations

import subprocess
import sys

import pytest

from feeds.text.restoring import lexicon, morphology
from feeds.text.restoring.lexicon import ZWNJ

MEASURE = """
import resource, sys, time
import feeds.text.restoring.zwnj, feeds.text.restoring.lexicon
before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
feeds.text.restoring.lexicon.load()
seconds = time.process_time() - start
megabytes = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
feeds.text.restoring.zwnj.restore("کتابها")
print(seconds, megabytes, "hazm" in sys.modules)
"""


def test_the_lexicon_loads_quickly_in_little_memory_and_without_hazm() -> None:
    answer = subprocess.run([sys.executable, "-c", MEASURE], check=True, capture_output=True, text=True).stdout.split()
    assert float(answer[0]) < 0.5
    assert float(answer[1]) < 10
    assert answer[2] == "False"


def test_a_form_is_found_by_its_spelling_without_zwnj() -> None:
    forms = lexicon.load().forms
    assert forms["دانشآموز"] == "دانش‌آموز"
    assert all(form.replace(ZWNJ, "") == joined for joined, form in forms.items())


def test_no_form_has_a_zwnj_that_shows_nothing() -> None:
    invisible = [
        form for form in lexicon.load().forms.values() for part in form.split(ZWNJ)[:-1] if part[-1] in "ادذرزژو"
    ]
    assert not invisible


@pytest.mark.slow
def test_hazm_conjugates_no_verb_that_the_rules_do_not_know() -> None:
    hazm = pytest.importorskip("hazm")
    known = lexicon.load()
    conjugation = hazm.Conjugation()
    for past, present in (("رفت", "رو"), ("گفت", "گوی"), ("ساخت", "ساز"), ("پذیرفت", "پذیر")):
        for form in (*conjugation.imperfective_past(past), *conjugation.imperfective_present(present)):
            assert morphology.analyse(form.replace(ZWNJ, ""), known) == form
