"""Filled workbooks by the thousand, each with figures and texts of its own, all of them known: what benchmarks and
tests of many files are run on. A number makes the same bytes every time.

One workbook is written with a sign in place of every figure and text; each unit's own are put in its place, which takes
a hundredth of the time of writing it anew. What is stored on the sheet of our own checks is not put right: nobody reads
it.
"""

from __future__ import annotations

import random
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape

from toolkit.form.edition import named
from toolkit.form.parts import Number, Ref
from toolkit.ground import packing
from toolkit.model.figures import filled
from toolkit.model.filing import Entry, Filing, Unit
from toolkit.render.data import documents
from toolkit.workbook.write import write

EDITION, YEAR = "2021", 2023
_FIRST = 600_000_001
_NUMBER = re.compile(r"6000\d{5}(?=<)")
_WORD = "\ue0f1{}\ue0f2"
_SIGN = re.compile("\ue0f1(.*?)\ue0f2")

_PLACES = (
    "城关", "河口", "柳林", "石桥", "东山", "西湖", "南庄", "北岭", "青云", "白沙",
    "金坪", "银滩", "高桥", "龙泉", "凤台", "清溪", "太平", "永安", "长乐", "双塔",
)  # fmt: skip
_KINDS = ("镇", "乡", "街道")
_THEMES = (
    "财政预算决算", "乡村振兴", "社会救助", "义务教育", "公共文化服务", "养老服务", "户籍管理", "涉农补贴",
    "安全生产", "生态环境", "食品药品监管", "城乡规划建设", "征地补偿", "就业创业", "医疗卫生", "危房改造",
)  # fmt: skip
_SENTENCES = (
    "{own}在门户网站公开{theme}信息{n}条，及时回应群众关切。",
    "加强{theme}领域的公开，全年更新栏目{n}个，做到应公开尽公开。",
    "制定{theme}公开事项标准目录，明确责任单位和时限，由党政办公室每月核对一次。",
    "通过政务新媒体发布{theme}类信息{n}篇，阅读量较上年有所提高。",
    "完善信息发布审核制度，坚持先审后发，{theme}信息一律经分管负责人签发。",
    "{own}组织工作人员参加业务培训{n}次，提高办理水平。",
    "设立政务公开专区，放置{theme}宣传材料，方便群众查阅。",
    "把{theme}公开纳入年度考核，对发现的问题逐项整改。",
    "健全答复文书规范，畅通申请渠道，做好{theme}方面的咨询和登记。",
    "听取代表、委员和群众对{theme}公开的意见，改进解读方式。",
)
_PROBLEMS = (
    "{theme}信息的更新还不够及时，个别栏目内容较少。下一步将明确专人维护，按月通报。",
    "对{theme}政策的解读形式单一，图表和视频解读不多。将丰富解读形式，提高群众的知晓度。",
    "工作人员对{theme}公开的标准把握不一。将组织学习，统一口径。",
    "依申请公开的答复质量有待提高，{theme}类的答复不够规范。将完善文书模板，加强审核。",
)


@dataclass(frozen=True, slots=True)
class Made:
    """What is known of a folder that was made: the sum of every entry of the form, and how many filings there are."""

    totals: Mapping[Ref, Number]
    filings: int


def unit(number: int) -> Unit:
    """The unit of a number."""
    place, kind = _PLACES[number % len(_PLACES)], _KINDS[number % len(_KINDS)]
    return Unit(f"{place}{number:05}{kind}人民政府", f"U{number:08}", "township")


def values(number: int) -> dict[Ref, Number]:
    """The entry figures of a unit: most of them 0, as they are, and every rule kept."""
    chance, edition = random.Random(number), named(EDITION)
    said: dict[Ref, Number] = {
        ref: Decimal(0) if edition.figures[ref].value == "money" else 0 for ref in edition.entries
    }
    for column in ("person", "person", "org.business", "org.legal", "org.other"):
        for _ in range(chance.randrange(4)):
            done = chance.choice([ref for ref in said if ref.startswith("requests/done.") and ref.endswith(column)])
            count = chance.randrange(1, 9)
            said[f"requests/received/{column}"] += count
            said[done] += count
    held = chance.randrange(1, 40)
    said["documents/normative/in_force"] = held
    said["documents/normative/issued"] = chance.randrange(min(held, 9))
    for ref, most in (("licences", 900), ("penalties", 120), ("coercion", 20)):
        found = next(each for each in said if f"/{ref}/" in each)
        said[found] = chance.randrange(most)
    said["fees/fees/amount"] = Decimal(chance.choice((0, 0, 0, chance.randrange(1, 90_000)))) / 100
    return said


def texts(number: int) -> dict[str, str]:
    """The three texts of a unit, some 1,200 signs, which no other unit has."""
    chance, own = random.Random(f"texts {number}"), unit(number).name.removesuffix("人民政府")
    themes = [*_THEMES]
    chance.shuffle(themes)

    def said(forms: tuple[str, ...], count: int) -> Iterator[str]:
        for n in range(count):
            yield chance.choice(forms).format(own=own, theme=themes[n % len(themes)], n=chance.randrange(2, 400))

    heads = ("主动公开。", "依申请公开。", "政府信息管理。", "平台建设。", "监督保障。")
    overview = "\n".join(f"（{sign}）{head}" + "".join(said(_SENTENCES, 5))
                         for sign, head in zip("一二三四五", heads, strict=True))  # fmt: skip
    problems = "\n".join(f"{n}.{each}" for n, each in enumerate(said(_PROBLEMS, 4), start=1))
    other = f"{YEAR}年未收取信息处理费。" + "".join(said(_SENTENCES, 3))
    return {"overview": overview, "problems": problems, "other_matters": other}


def filing(number: int, year: int = YEAR) -> Filing:
    """A filing with all that is known of it."""
    edition = named(EDITION)
    entries = filled(edition, {ref: Entry(value) for ref, value in values(number).items()})
    if number % 20 == 0:  # one in twenty has a total that was typed wrong
        entries["requests/received/total"] = Entry(9999)
    return Filing(EDITION, year, unit(number), {ref: entries[ref] for ref in edition.figures}, texts(number))


def workbook(number: int, year: int = YEAR) -> bytes:
    """The filled-in workbook of a unit."""
    whole = filing(number, year)
    figures = [each.value for each in whole.entries.values()]
    words = {"name": whole.unit.name, "code": whole.unit.code or "", **whole.texts}

    def figure(found: re.Match[str]) -> str:
        at = int(found[0]) - _FIRST
        value = figures[at] if at < len(figures) else 0
        return str(value) if isinstance(value, int) else repr(float(value or 0))

    def word(found: re.Match[str]) -> str:
        return escape(words[found[1]])

    return packing.packed(
        part.stored if not said else packing.saying(part.stored, _SIGN.sub(word, _NUMBER.sub(figure, said)).encode())
        for part, said in ((each, each.content) for each in _parts(year))
    )


@dataclass(frozen=True, slots=True)
class _Part:
    stored: packing.Stored
    content: str


@cache
def _parts(year: int) -> tuple[_Part, ...]:
    """The one workbook taken apart; the content of the parts in which something is a unit's own."""
    content = signs(year)
    with zipfile.ZipFile(BytesIO(content)) as book:
        said = [(part, book.read(part.entry).decode()) for part in packing.taken_apart(content)]
    return tuple(_Part(part, each if _NUMBER.search(each) or _SIGN.search(each) else "") for part, each in said)


def signs(year: int = YEAR) -> bytes:
    """The workbook with a sign in place of every figure and text."""
    edition = named(EDITION)
    entries = {ref: Entry(_FIRST + n) for n, ref in enumerate(edition.figures)}
    words = {section.id: _WORD.format(section.id) for section in edition.texts}
    whose = Unit(_WORD.format("name"), _WORD.format("code"), "township")
    return write(edition, Filing(EDITION, year, whose, entries, words))


def totals(numbers: Iterable[int]) -> dict[Ref, Number]:
    """The sum of every entry of the form over units."""
    summed: Counter[Ref] = Counter()
    for number in numbers:
        summed.update(values(number))
    return dict(summed)


def folder(path: Path, count: int, first: int = 0, *, only_workbooks: bool = False) -> Made:
    """So many filings in a folder, most of them workbooks, one in fifty a filing in JSON, and what is known of them."""
    path.mkdir(parents=True, exist_ok=True)
    for number in range(first, first + count):
        if number % 50 == 49 and not only_workbooks:
            said = documents.line(documents.filing(filing(number), named(EDITION))).encode()
            (path / f"{number:06}.json").write_bytes(said)
        else:
            (path / f"{number:06}.xlsx").write_bytes(workbook(number))
    return Made(totals(range(first, first + count)), count)
