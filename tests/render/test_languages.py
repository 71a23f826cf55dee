"""Screens in one language at a time: no id of a rule and no English sentence on a Chinese one, no Chinese sentence on
an English one; no line begins with what ends a phrase.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.sessions import run
from toolkit.form.edition import editions
from toolkit.ground.files import SAMPLES

COMMANDS = (
    "xls", "xls guide county", "xls guide township", "xls roster county/roster.csv",
    "xls check hongze-district-2023/hongze-district-2023.txt",
    "xls check years/chengguan-2022.json --prior years/chengguan-2021.json",
    "xls check county/inbox --roster county/roster.csv",
    "xls merge county/inbox --roster county/roster.csv -o {language}.xlsx --against years/chengguan-2022.json",
    "xls diff suqian-city/suqian-city-2023.json suqian-city/suqian-city-2024.json",
    "xls upgrade years/chengguan-2020.json -o up-{language}.xlsx --year 2021",
    "xls check absent.xlsx", "xls new 2018", "xls chek a", "xls new 2024 -o a.xls", "xls report county",
)  # fmt: skip
RULES = re.compile("|".join(sorted((re.escape(rule.id) for each in editions() for rule in each.rules), key=len)))
ENGLISH = re.compile(r"\b[a-z]+(?: [a-z]+){2,}")
CHINESE = re.compile("应为|依据：|处理：|不是|[，。；]")


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(SAMPLES, tmp_path_factory.mktemp("languages") / "samples"))


@pytest.mark.exhaustive
@pytest.mark.parametrize("command", COMMANDS)
def test_a_screen_speaks_one_language(command: str, samples: Path) -> None:
    for language, other in (("zh", ENGLISH), ("en", CHINESE)):
        done = run(command.format(language=language), samples, language=language, columns=80)
        for line in (done.stdout + done.stderr).splitlines():
            told = re.sub(r"xls [\w-]+[^，。；]*|《[^》]*》|“[^”]*”|\(统计[^)]*\)", "", line)
            assert not other.search(told), line
            assert not RULES.search(told), line
            assert not re.match(r"\s*[：，。；、]", line), line
