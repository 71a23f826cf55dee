"""The page in a real Chromium, opened from a file as by a double click: a sample county's story, and no request."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts import page_build
from scripts.page.xls_page import shapes
from tests import ROOT
from tests.page.browser import Browser, needed
from tests.page.papers import lettered_pdf, protected_pdf
from tests.sessions import run
from toolkit.intake import intake
from toolkit.intake.sources import pdf

SAMPLE = ROOT / "samples" / "county"
HONGZE = ROOT / "samples" / "hongze-district-2023" / "hongze-district-2023.pdf"
AXE = ROOT / "dist" / ".page" / "node_modules" / "axe-core" / "axe.min.js"
LATE = "云岭县北苑街道办事处.xlsx"
HELD = """const Real = Worker; Worker = function (address) {
  const made = new Real(address), given = [], post = made.postMessage.bind(made);
  made.postMessage = (...each) => given.push(each);
  window.letGo = () => { made.postMessage = post; given.forEach(each => post(...each)); };
  return made;
};"""
"""The worker is given nothing before `letGo()`, as on a machine that is slow."""

pytestmark = [
    pytest.mark.skipif(bool(needed()), reason=f"the page is not opened in a browser here; missing: {needed()}"),
    pytest.mark.skipif(
        not page_build.fetched(ROOT / "dist"),
        reason="the page is not built here: its parts were not fetched; `make page` fetches them",
    ),
    pytest.mark.timeout(400),
]


@pytest.fixture(scope="module")
def page() -> Path:
    return page_build.build(ROOT / "dist")[0]  # where what was compiled before is found again


@pytest.fixture(scope="module")
def browser(page: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    opened = Browser(tmp_path_factory.mktemp("downloads"))
    try:
        opened.open(page)
        yield opened
        assert opened.complaints() == []
        assert opened.requests() == []
    finally:
        opened.close()


def _lines(browser: Browser) -> dict[str, str]:
    """How every unit on the board stands."""
    return dict(
        browser.run(
            "return [...document.querySelectorAll('#board tbody tr')].map(e=>[e.dataset.unit,e.dataset.standing])"
        )
    )


@pytest.mark.exhaustive
def test_the_page_is_small_and_the_same_each_time(page: Path) -> None:
    assert page.stat().st_size < 12e6
    assert page.read_bytes() == page.with_name("xls-page.html").read_bytes()
    assert b"connect-src 'none'" in page.read_bytes()[:5000]


def test_a_unit_s_workbook_is_checked_marked_and_made(browser: Browser, tmp_path: Path) -> None:
    browser.give("drop-own-input", SAMPLE / "inbox" / LATE)
    browser.until("document.querySelector('#township-result .finding')")
    cell = browser.run("return document.querySelector('#township-result .form td.verify button').id")
    browser.run(f"document.getElementById({cell!r}).click()")
    assert browser.run("return document.activeElement.classList.contains('chosen')")
    shutil.copy(SAMPLE / "inbox" / LATE, tmp_path)
    run(f"xls check {LATE} --mark 退回", tmp_path)
    printed = "".join(pdf.read(browser.printed()).lines)
    assert "总体情况没有写到主动公开" in printed
    assert "回应社会关切" in printed, "the texts, which are folded on the screen"
    assert not any(each in printed for each in ("下载标注件", "单元格", "新建空白报表", "不联网"))
    browser.click("#mark")
    assert browser.taken(LATE) == (tmp_path / "退回" / LATE).read_bytes()
    browser.click("#report")
    assert "草稿" in browser.taken("云岭县北苑街道办事处-2024-年报.html").decode()
    last = (SAMPLE / "last-year-town.json").read_text(encoding="utf-8")
    (tmp_path / "上年.json").write_text(last.replace("云岭县南浦街道办事处", "云岭县北苑街道办事处"), encoding="utf-8")
    browser.give("drop-last-input", tmp_path / "上年.json")
    browser.until("document.querySelector('#drop-last').textContent.includes('上年.json')")
    browser.until("document.querySelector('#township-result .finding')")
    browser.click("#drop-last-clear")
    browser.until("!document.querySelector('#drop-last').textContent.includes('上年.json')")
    browser.until("document.querySelector('#township-result .finding')")
    run("xls new 2024 -o a.xlsx --unit 甲镇 --level township", tmp_path)
    browser.run("document.getElementById('blank-year').value='2024';document.getElementById('blank-unit').value='甲镇'")
    browser.run("document.getElementById('blank-level').value='township'")
    browser.click("#blank [type=submit]")
    assert browser.taken("甲镇-2024.xlsx") == (tmp_path / "a.xlsx").read_bytes()


def test_a_pdf_is_read_as_by_the_command(browser: Browser, tmp_path: Path) -> None:
    browser.give("drop-own-input", HONGZE)
    browser.until("document.querySelector('#drop-own').textContent.includes('hongze') && "
                  "document.querySelector('#township-result')?.textContent.includes('洪泽区')")  # fmt: skip
    script = "return [...document.querySelectorAll('#township-result .form td.figure')].map(each => each.textContent)"
    read = intake(HONGZE).filing
    boxes = [box for sheet in shapes.form(read) for row in sheet["rows"] for box in row if box.get("ref")]
    assert [each.replace("□", "") for each in browser.run(script)] == [box["text"] for box in boxes]
    (tmp_path / "日文.pdf").write_bytes(lettered_pdf("UniJIS-UCS2-H", "Japan1"))
    browser.give("drop-own-input", tmp_path / "日文.pdf")
    browser.until("document.querySelector('#township-result').textContent.includes('UniJIS-UCS2-H')")
    assert "xls import" in browser.text("township-result")
    (tmp_path / "保护.pdf").write_bytes(protected_pdf())
    browser.give("drop-own-input", tmp_path / "保护.pdf")
    browser.until("document.querySelector('#township-result').textContent.includes('加了保护')")
    shutil.copy(HONGZE, tmp_path)
    run(f"xls check {HONGZE.name} --mark 退回", tmp_path)
    browser.give("drop-own-input", HONGZE)
    browser.until("document.querySelector('#township-result').textContent.includes('洪泽区')")
    browser.click("#mark")
    assert browser.taken("hongze-district-2023.xlsx") == (tmp_path / "退回" / "hongze-district-2023.xlsx").read_bytes()
    browser.click("#drop-own-clear")
    browser.until("!document.querySelector('#township-result').textContent")


def test_what_is_given_before_the_page_has_started_is_dealt_with_then(page: Path, tmp_path: Path) -> None:
    opened = Browser(tmp_path)
    try:
        opened.before(HELD)
        opened.driver.get(page.resolve().as_uri())
        opened.give("drop-own-input", SAMPLE / "inbox" / LATE)
        opened.until("document.getElementById('queued').textContent.includes('收下的文件')")
        assert LATE in opened.text("drop-own")
        assert opened.run("return document.getElementById('make').disabled")
        opened.run("letGo()")
        opened.until("document.querySelector('#township-result .finding')")
        assert not opened.run("return document.getElementById('make').disabled")
    finally:
        opened.close()


def test_a_page_that_was_copied_in_part_says_so(page: Path, tmp_path: Path) -> None:
    whole = page.read_bytes()
    (tmp_path / "cut.html").write_bytes(whole[: len(whole) // 2])
    opened = Browser(tmp_path)
    try:
        opened.driver.get((tmp_path / "cut.html").as_uri())
        with pytest.raises(AssertionError, match="不完整"):
            opened.until("false")
    finally:
        opened.close()


def test_the_county_s_story(browser: Browser, tmp_path: Path) -> None:
    shutil.copytree(SAMPLE / "inbox", tmp_path / "inbox")
    (tmp_path / "inbox" / LATE).unlink()
    browser.click("#tab-county")
    browser.drop("drop-roster", SAMPLE / "roster.csv")
    browser.until("document.querySelectorAll('#board .s_missing').length > 13")
    browser.run("document.getElementById('sum-unit').value='云岭县人民政府'")
    browser.give("drop-inbox-folder", tmp_path / "inbox")
    browser.until("document.querySelectorAll('#board [data-standing=ok]').length > 5")
    before = _lines(browser)
    assert before["云岭县北苑街道办事处"] == "missing"
    browser.drop("drop-inbox", SAMPLE / "inbox" / LATE)
    browser.until("document.querySelector('#board tr.changed[data-unit=云岭县北苑街道办事处][data-standing=error]')")
    assert browser.run("return document.querySelectorAll('#board tr.changed').length") == 1
    assert _lines(browser) == before | {"云岭县北苑街道办事处": "error"}
    browser.run("document.querySelector('#board [data-unit=云岭县北苑街道办事处] td.what button').click()")
    browser.until("document.querySelector('#detail .form td.verify')")
    browser.click("#detail button")
    assert browser.run("return document.activeElement.matches('#board button')"), "where one was before it was opened"
    assert LATE in browser.run("return document.activeElement.textContent")
    assert list(before.values()).count("beside") == 1, "the county's own sum of that day"
    assert "跳过了临时文件、隐藏文件等 1 个" in browser.text("county-said"), "Thumbs.db"
    _downloads(browser, tmp_path)
    _last_year(browser, tmp_path)
    _session(browser, tmp_path)


def _downloads(browser: Browser, folder: Path) -> None:
    shutil.copy(SAMPLE / "inbox" / LATE, folder / "inbox")
    shutil.copy(SAMPLE / "roster.csv", folder)
    run("xls merge inbox --roster roster.csv --unit 云岭县人民政府 -o county.xlsx --details long.csv", folder)
    browser.click("[data-get=workbook]")
    assert browser.taken("云岭县人民政府-2024.xlsx") == (folder / "county.xlsx").read_bytes()
    browser.click("[data-kind='.csv']")
    assert browser.taken("figures.csv") == (folder / "long.csv").read_bytes()
    browser.click("[data-get=letters]")
    assert browser.taken("letters.html").decode().count("<article>") == 5
    browser.click("[data-get=copies]")
    with zipfile.ZipFile(io.BytesIO(browser.taken("marked.zip"))) as archive:
        assert LATE in archive.namelist()


def _last_year(browser: Browser, folder: Path) -> None:
    """What the county had the year before is dropped in, told, and taken away again."""
    browser.click("[data-get=changes]")
    browser.until("document.getElementById('county-said').textContent.includes('没有同口径的上年数')")
    browser.give("drop-lastyear-input", SAMPLE / "last-year.json")
    browser.until("document.querySelector('#total')?.textContent.includes('比上年同口径')")
    browser.click("[data-get=changes]")
    assert "2023" in browser.taken("changes.html").decode()
    shutil.copy(SAMPLE / "last-year.json", folder)
    run("xls merge inbox --roster roster.csv --unit 云岭县人民政府 --prior last-year.json -o with.xlsx", folder)
    browser.click("[data-get=workbook]")
    assert browser.taken("云岭县人民政府-2024.xlsx") == (folder / "with.xlsx").read_bytes()
    browser.click("[data-get=sum_report]")
    assert "云岭县人民政府" in browser.taken("云岭县人民政府-2024-年报.html").decode()
    browser.click("#drop-lastyear-clear")
    browser.until("!document.querySelector('#total').textContent.includes('比上年同口径')")


def _session(browser: Browser, folder: Path) -> None:
    stood = _lines(browser)
    leaving = "(() => { const going = new Event('beforeunload', {cancelable: true}); return !dispatchEvent(going); })()"
    assert browser.evaluate(leaving), "what is not saved is asked for"
    browser.click("#keep")
    (folder / "session.xls.zip").write_bytes(browser.taken("session.xls.zip"))
    assert not browser.evaluate(leaving)
    browser.click("#drop-inbox-clear")
    browser.until("!document.querySelector('#board [data-standing=ok]')")
    browser.run("document.getElementById('sum-unit').value=''")
    browser.give("resume", folder / "session.xls.zip")
    browser.until("document.querySelectorAll('#board [data-standing=ok]').length > 5")
    assert _lines(browser) == stood
    assert browser.run("return document.getElementById('sum-unit').value") == "云岭县人民政府"


def test_the_page_speaks_english(browser: Browser) -> None:
    browser.click("#language")
    browser.until("document.querySelector('#board .s_error')?.textContent.startsWith('wrong')")
    assert browser.run("return document.documentElement.lang") == "en"
    browser.click("#language")
    browser.until("document.querySelector('#board .s_error')?.textContent.startsWith('有误')")


def test_a_screen_reader_has_nothing_serious_to_complain_of(browser: Browser) -> None:
    assert _serious(browser) == []


def _serious(browser: Browser) -> list[list[str]]:
    """What axe finds in the page as it stands that is serious or worse."""
    browser.evaluate(AXE.read_text(encoding="utf-8"))
    found = browser.evaluate("axe.run().then(said => JSON.stringify(said.violations.map(e => [e.id, e.impact])))")
    return [each for each in json.loads(found) if each[1] in ("serious", "critical")]


@pytest.mark.exhaustive
def test_a_telephone_in_the_dark_shows_all_of_it(page: Path, tmp_path: Path) -> None:
    opened = Browser(tmp_path, dark=True)
    try:
        narrow = {"width": 360, "height": 800, "deviceScaleFactor": 1, "mobile": True}
        opened.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", narrow)
        opened.open(page, "?lang=en")
        assert opened.run("return matchMedia('(prefers-color-scheme: dark)').matches")
        opened.give("drop-own-input", SAMPLE / "inbox" / LATE)
        opened.until("document.querySelector('#township-result .finding')")
        assert opened.run("return document.documentElement.scrollWidth") == 360
        assert _serious(opened) == []
        opened.click("#tab-county")
        opened.give("drop-inbox-folder", SAMPLE / "inbox")
        opened.until("document.querySelectorAll('#board [data-standing=ok]').length > 5")
        assert opened.run("return document.documentElement.scrollWidth") == 360
        assert _serious(opened) == []
    finally:
        opened.close()


def test_a_hostile_file_is_a_row_and_the_page_lives(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "坏.xlsx").write_bytes(b"PK\x03\x04" + b"\0" * 2000)
    browser.give("drop-inbox-input", tmp_path / "坏.xlsx")
    browser.until("document.getElementById('board').textContent.includes('坏.xlsx')")
    assert "ok" in _lines(browser).values()


def test_a_folder_is_dropped_as_it_is(browser: Browser) -> None:
    browser.click("#drop-inbox-clear")
    browser.until("!document.querySelector('#board [data-standing=ok]')")
    browser.drop("drop-inbox", SAMPLE / "inbox")
    browser.until("document.querySelectorAll('#board [data-standing=ok]').length > 5")
    assert "inbox/云岭县教育局.ods" in browser.text("board")


def test_a_browser_too_old_says_so(page: Path, tmp_path: Path) -> None:
    opened = Browser(tmp_path)
    try:
        opened.before("delete window.DecompressionStream")
        opened.driver.get(page.resolve().as_uri())
        said = opened.until("[...document.querySelectorAll('#too-old p')].map(each => each.innerText).join(' ')")
        assert "这个浏览器太旧，打不开本工具（缺少 DecompressionStream）" in said
        assert not opened.run("return document.querySelector('main').offsetHeight")
    finally:
        opened.close()
