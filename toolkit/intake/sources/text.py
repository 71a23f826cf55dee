"""A report saved as text: its lines, its title, whose it is and for which year, and where its signature begins.

Figures and sections are found in the lines by `locate`.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from itertools import islice

from toolkit.ground.errors import Unreadable
from toolkit.ground.language import text
from toolkit.ground.limits import limits
from toolkit.ground.patterns import pattern

HEAD_LINES = 40
"""How far down a title is looked for: a web page saved as text has its navigation above."""

LONGEST_TITLE = 60
"""A title of more characters is a sentence."""

_BARS = {ord(sign): "|" for sign in "｜│┃¦"}
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))

_PAGE = pattern(r"[-—–―－·]+\s*[0-9０-９]{1,4}\s*[-—–―－·]+|第\s*[0-9]{1,4}\s*页(?:\s*[,，/]?\s*共\s*[0-9]{1,4}\s*页)?")
_REPORT = pattern(
    r"(?:法定)?(?:政府)?信息公开(?:工作)?(?:年度)?(?:工作)?(?:情况)?的?(?:报告|年报)(?:的(?:公示|公告|通知|通报))?$"
)
_ORGAN = pattern(
    r"[\u4e00-\u9fff()]{1,38}(?:政府|政府办|办公室|委员会|管委会|办事处|[局委办厅处所院署部会社司行镇乡市县区省州旗盟]|街道|中心|总队|支队|大队)"
)
_HAN = {**dict(zip("〇○零一二三四五六七八九", "000123456789", strict=True)), "Ｏ": "0", "O": "0"}
_YEAR = r"(20[0-9]{2}|[二][〇○零OＯ一二三四五六七八九]{3})"
_TITLE_YEAR = pattern(r"(?<![-—–~～至到0-9])\(?" + _YEAR + r"(?:年度?|(?![-—–~～至到0-9]))\)?")
_ANNOUNCED = pattern(
    r"(?:(?:现|特此)(?:将|就)?(?:向社会|予以)?(?:公布|发布|公开|编制)?|(?:根据|按照|依据|依照)[^。]{0,200}?"
    r"(?:公布|发布|公开|编制|编写|撰写|制定|制作|形成))(?P<unit>[\u4e00-\u9fff]{0,38}?)"
    rf"(?P<year>{_YEAR})年度?(?:政府)?信息公开(?:工作)?(?:年度)?(?:工作)?(?:情况)?的?(?:报告|年报)"
)
"""The sentence that announces the report; one that says last year's was published begins otherwise."""
_QUOTES = pattern("[《》]")
_YEAR_ALONE = pattern(rf"\({_YEAR}(?:年度?)?\)|{_YEAR}年度?")
_OURS = pattern("^(?:本|我|全)[局委办厅处院署部会社司行镇乡市县区省州旗盟].*")
_GROUP = pattern(r"(?:各|本|市|县|区|省|直|属|级|政府|人民政府)*(?:乡镇|街道|部门|单位|区县|县区|市县)*")
"""What a menu calls many units together: 乡镇, 县直部门."""
_PERIOD = pattern(_YEAR + r"年1月1日[^。]{0,12}?(?:(20[0-9]{2})年)?12月31日")
_MONTHS = pattern(_YEAR + r"年1[-—–~～至到]12月")
_SENTENCE = pattern(r"[。;；]|[:：]$|,.{8,}")
_DATE = pattern(_YEAR + r"年[0-9一二三四五六七八九十]{0,2}月[0-9一二三四五六七八九十]{0,3}日")


def read(content: bytes) -> tuple[str, ...]:
    """The lines of a text file in UTF-8, UTF-16 with its mark, or GB18030.

    Raises:
        Unreadable: it is text in none of them, or longer than any report.
    """
    most = limits().plain_mb
    if len(content) > most << 20:
        raise Unreadable(text("a text of more than {size} MB; save the report alone", size=most))
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return _lines(content, (encoding,))
    return _lines(content, ("utf-8", "gb18030"))


def _lines(content: bytes, encodings: Sequence[str]) -> tuple[str, ...]:
    for encoding in encodings:
        try:
            said = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in said:
            return tuple(said.translate(_BARS).splitlines())
    raise Unreadable(text("not a text in UTF-8, UTF-16 or GB18030; save it as UTF-8 and try again"))


def page_number(line: str) -> bool:
    """Whether a line is a page number as printed: `- 3 -`, 第 3 页 共 8 页."""
    return _PAGE.fullmatch(line.strip()) is not None


def without_running_heads(lines: Sequence[str]) -> tuple[str, ...]:
    """The lines; those beside the page numbers of most pages are such a number, so is the same at the very top."""
    numbers = [at for at, line in enumerate(lines) if page_number(line)]
    beside = [at for number in numbers for at in (_next(lines, number, -1), _next(lines, number, 1)) if at is not None]
    counts = Counter(_close(lines[at]) for at in beside)
    running = {
        said
        for said, count in counts.items()
        if count > 1 and 2 * count >= len(numbers) and not re.search("[0-9]", said)
    }
    if not running:
        return tuple(lines)
    top = _next(lines, -1, 1)
    heads = {at for at in (*beside, top) if at is not None and _close(lines[at]) in running}
    return tuple(lines[numbers[0]] if at in heads else line for at, line in enumerate(lines))


def _next(lines: Sequence[str], at: int, step: int) -> int | None:
    """The nearest line that is not blank, so many lines on."""
    at += step
    while 0 <= at < len(lines) and not lines[at].strip():
        at += step
    return at if 0 <= at < len(lines) else None


def title(lines: Sequence[str]) -> str | None:
    """The title of a report, blanks and line breaks taken out; None where none is found."""
    return _title(lines)


def identity(lines: Sequence[str]) -> tuple[int | None, str | None]:
    """The report year and the unit's name as a report gives them, each None where it cannot be told."""
    said = _title(lines) or ""
    below = _below(lines, said)
    return _year(lines, said, below), _named(said) or _under(below) or _announcer(lines) or _signed_by(lines)


def titled(lines: Sequence[str]) -> frozenset[str]:
    """The titles of reports among lines, blanks taken out; a page that links to other reports has theirs, too."""
    close = (_close(line) for line in lines if len(line) <= 2 * LONGEST_TITLE)
    return frozenset(said for said in close if len(said) <= LONGEST_TITLE and _reports(said) and _named(said))


def preamble(lines: Sequence[str]) -> str:
    """The sentences between a report's title and its first section; where it comes from and when is none."""
    said = _title(lines)
    start = 0
    for at, line in enumerate(lines):
        close = _close(line)
        if said and close and (close == said or said.endswith(close)) and _reports(close):
            start = at + 1
    return "\n".join(line.strip() for line in lines[start:] if (close := _close(line)) and _SENTENCE.search(close))


def signed(lines: Sequence[str]) -> str:
    """Who signed a report and when, a line each; empty where nobody did."""
    return "\n".join(line.strip() for line in lines[signature(lines) :] if line.strip() and not page_number(line))


def signature(lines: Sequence[str]) -> int:
    """The index at which the signature at the very end begins, unit and date; the number of lines where there is none.

    A unit without a date is taken for a signature only where the sentence before it is finished.
    """
    upwards = ((at, _close(lines[at])) for at in reversed(range(len(lines))) if not page_number(lines[at]))
    written = tuple(islice((each for each in upwards if each[1]), 2))
    *before, (last, close) = written[::-1] or ((len(lines), ""),)
    if _signed_on(close):
        return last
    if _DATE.fullmatch(close):
        return before[-1][0] if before and _organ(before[-1][1]) else last
    if _organ(close) and before:
        at, above = before[-1]
        if _DATE.fullmatch(above):
            return at
        return last if above.endswith(("。", ".", "!", "！")) or len(above) <= 3 else len(lines)
    return len(lines)


def _close(line: str) -> str:
    """A line without blanks, with full-width signs made plain."""
    return "".join(unicodedata.normalize("NFKC", line).split())


def _organ(close: str) -> bool:
    """Whether a line is the name of an organ and nothing else."""
    return _ORGAN.fullmatch(close) is not None


def _signed_on(close: str) -> bool:
    """Whether a line is a unit and a date."""
    found = _DATE.search(close)
    return found is not None and found.end() == len(close) and _organ(close[: found.start()])


def _title(lines: Sequence[str]) -> str | None:
    """The title, put together where it is torn over lines, with the unit where that stands on the line above."""
    close = [each for line in lines[:HEAD_LINES] if (each := _close(line)) and not page_number(line)]
    for last in range(len(close)):
        for first in range(last, max(-1, last - 3), -1):
            said = "".join(close[first : last + 1])
            if len(said) > LONGEST_TITLE or any(mark in said for mark in "。;!?") or said.startswith("根据"):
                break
            if _reports(said) and (_named(said) or (first == 0 and not _GROUP.fullmatch(_name(said) or "-"))):
                return said
    return None


def _reports(said: str) -> bool:
    """Whether words end as the title of a report does, wherever its year stands."""
    return _REPORT.search(_TITLE_YEAR.sub("", _QUOTES.sub("", said))) is not None


def _named(said: str) -> str:
    """The unit a title names; empty where it names none, or many together."""
    name = _name(said)
    return name if re.fullmatch(r"[\u4e00-\u9fff()·、]{2,40}", name) and not _GROUP.fullmatch(name) else ""


def _name(said: str) -> str:
    """What a title has besides its year and what every report is called."""
    name = re.sub(r"^.*标题:", "", _REPORT.sub("", _TITLE_YEAR.sub("", _QUOTES.sub("", said))))
    name = re.sub(r"^关于(?:印发|报送|公布|发布)?|关于(?:公布|发布|印发)?$|的$|关于$", "", name)
    return name + ("政府" if name.endswith("人民") else "")


def _below(lines: Sequence[str], said: str) -> tuple[str, ...]:
    """The two lines under a title, where the year or the unit may stand by itself."""
    close = [each for line in lines[:HEAD_LINES] if (each := _close(line))]
    at = next((n for n, each in enumerate(close) if said and _REPORT.search(each) and said.endswith(each)), None)
    return tuple(close[at + 1 : at + 3]) if at is not None else ()


def _under(below: Sequence[str]) -> str | None:
    """The unit that stands under a title that names none."""
    return next((each for each in below if _organ(each) and not _GROUP.fullmatch(each)), None)


def _announcer(lines: Sequence[str]) -> str | None:
    """The unit that the sentence names which announces the report; 我局 names none."""
    whole = "".join(_close(line) for line in lines[:HEAD_LINES])
    said = {_OURS.sub("", found["unit"]) for found in _ANNOUNCED.finditer(whole)}
    organs = {name for name in said if _organ(name)}
    return organs.pop() if len(organs) == 1 else None


def _signed_by(lines: Sequence[str]) -> str | None:
    for line in lines[signature(lines) :]:
        name = _DATE.sub("", _close(line))
        if _organ(name):
            return name
    return None


def _year(lines: Sequence[str], said: str, below: Sequence[str]) -> int | None:
    """The year of the title or under it, else of the sentence that announces the report, else of the period reported
    on, else the one before the signature's.
    """
    if years := {_digits(year) for year in _TITLE_YEAR.findall(said)}:
        return years.pop() if len(years) == 1 else None
    if alone := [_digits(found[1] or found[2]) for each in below if (found := _YEAR_ALONE.fullmatch(each))]:
        return alone[0]
    whole = "".join(_close(line) for line in lines if not page_number(line))
    announced = {_digits(found["year"]) for found in _ANNOUNCED.finditer(whole)}
    if len(announced) == 1:
        return announced.pop()
    period = {_digits(first) for first, last in _PERIOD.findall(whole) if last in ("", str(_digits(first)))}
    for years in (period, {_digits(year) for year in _MONTHS.findall(whole)}):
        if years:
            return years.pop() if len(years) == 1 else None
    dates = [_digits(year) for line in lines[signature(lines) :] for year in _DATE.findall(_close(line))]
    return dates[-1] - 1 if dates else None


def _digits(year: str) -> int:
    return int("".join(_HAN.get(sign, sign) for sign in year))
