"""Two units are one by code and name as people write them; a code that lost digits is no code; a name says a level."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import made
from toolkit.county.alike import likeness
from toolkit.form.edition import editions, named
from toolkit.model.by_unit import groups
from toolkit.model.filing import Unit
from toolkit.model.units import damaged, keys, level_of, plain, plainly, same

TOWN = "城关镇人民政府"


@pytest.mark.parametrize(
    "written",
    [
        "城关镇 人民政府",
        "城关镇人民政府（盖章）",
        "城关镇人民政府(公章）",
        "城关镇人民政府（请盖章处）",
        "城关镇人民政府（盖章",
        "城关镇人民政府盖章",
        "城关镇人民政府（盖章）（公章）",
        "城关镇人民政府：",
        "城关镇人民政府。",
        "“城关镇人民政府”",
        "填报单位（盖章）：城关镇人民政府",
        "单位名称:城关镇人民政府",
        "\u3000城关镇\u200b人民\n政府 ",
    ],
)
def test_a_seal_and_signs_around_it_are_no_part_of_a_name(written: str) -> None:
    assert plain(written) == plain(TOWN) == TOWN
    assert same(Unit(written), Unit(TOWN))


@pytest.mark.parametrize("written", ["", "  ", "（盖章）", "()", "：", "盖章"])
def test_nobody_is_like_nobody(written: str) -> None:
    assert not same(Unit(written), Unit(written))
    assert not keys(Unit(written))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("城关镇人民政府", "城东镇人民政府"),
        ("县教育局", "县教育局（体育局）"),
        ("印章管理处", "管理处"),
        ("文印局", "文局"),
        ("甲局(一)", "甲局(二)"),
    ],
)
def test_what_tells_two_names_apart_stays(one: str, other: str) -> None:
    assert not same(Unit(one), Unit(other))


def test_brackets_and_width_are_written_as_one_likes() -> None:
    assert same(Unit("县教育局〔体育局〕ＡＢ"), Unit("县教育局(体育局)ab"))


def test_codes_decide_where_both_are_whole() -> None:
    assert same(Unit("甲镇", "T1"), Unit("甲镇人民政府", " t１ "))
    assert not same(Unit("林业站", "T1"), Unit("林业站", "T2"))
    assert same(Unit("林业站", "T1"), Unit("林业站"))


@pytest.mark.parametrize(
    "code", ["911234567890123000", "9.11234567890123E+17", "911234567890123008", "113213220143187000"]
)  # fmt: skip
def test_a_code_stored_as_a_number_has_lost_its_end_and_never_matches(code: str) -> None:
    assert damaged(code)
    assert not same(Unit("甲镇", code), Unit("乙镇", code))
    assert same(Unit("甲镇", code), Unit("甲镇", "911234567890123456"))
    assert keys(Unit("甲镇", code)) == keys(Unit("甲镇"))


@pytest.mark.parametrize(
    "code",
    [None, "", "1", "2021", "A-000", "000000000000000", "91350100M000100Y43", "11321322014318713X",
     "911234567890123456", "113213220143187124"],
)  # fmt: skip
def test_a_code_that_is_all_there_is_not_damaged(code: str | None) -> None:
    assert not damaged(code)


def test_a_statutory_code_whose_check_digits_are_right_may_end_in_zeros() -> None:
    """Its last three signs are 000 with both check digits right, so nothing of it can be lost."""
    whole = [f"1132132201{n:05}000" for n in range(100_000) if not damaged(f"1132132201{n:05}000")]
    assert 100 < len(whole) < 1000
    assert not damaged(whole[0])


LEVELS = {
    "township": "城关镇人民政府 城关镇 桃源乡 甲街道办事处 城关办事处 甲镇财政所 沭阳县城关镇 甲苏木",
    "county-department": "沭阳县发展和改革局 发展和改革局 县政府办公室 江苏省宿迁市沭阳县市场监督管理局 市场监督管理局 "
    "沭阳县城市管理局 济宁市市中区财政局 乡村振兴局 国家税务总局沭阳县税务局 政务服务中心 "
    "沭阳县住房和城乡建设委员会 县民政局",
    "city-department": "市财政局 宿迁市民政局 新乡市财政局 镇江市教育局 盐城市城市管理局 宿迁市住房和城乡建设局 "
    "宿迁市政务服务管理办公室",
    "province-department": "省财政厅 公安厅 江苏省财政厅 北京市财政局",
    "county": "沭阳县人民政府 五华区人民政府 北京市朝阳区人民政府 苏州市常熟市人民政府 沭阳县",
    "city": "宿迁市人民政府 江苏省宿迁市人民政府 大理白族自治州人民政府",
    "province": "江苏省人民政府 北京市人民政府 内蒙古自治区人民政府",
}


@pytest.mark.parametrize(
    ("level", "name"), [(level, name) for level, names in LEVELS.items() for name in names.split()]
)
def test_a_name_says_its_level(level: str, name: str) -> None:
    for edition in editions():
        assert level_of(f"{name}（盖章）", edition) == level


@pytest.mark.parametrize("name", ["", "甲", "某某中学", "（盖章）"])
def test_a_name_that_says_no_level_has_none(name: str) -> None:
    assert level_of(name, named("2021")) is None


@given(st.text(alphabet="甲乙镇局（）()盖章公：。 A1ａ“”", max_size=12))
def test_what_is_plain_stays_as_it_is(name: str) -> None:
    assert plain(plain(name)) == plain(name)


def test_many_things_of_one_unit_are_one_group_with_each_of_them_once() -> None:
    things = [f"{n}.xlsx" for n in range(200)]
    one, other = Unit("第1镇人民政府"), Unit("第2镇人民政府")
    (group,) = groups((one, each) for each in things)
    assert sorted(group) == sorted(things)
    joined = [*((one, each) for each in things[:100]), *((other, each) for each in things[100:]), (other, things[0])]
    (group,) = groups(joined)
    assert sorted(group) == sorted(things)


_WAS_LABEL = re.compile(r"^(填报单位|填报机关|报送单位|报告单位|单位名称|单位|机关)(\((盖章|公章|签章|章)\))?:")
_WAS_SEAL = re.compile(r"\(*\(?(请)?(加盖)?(单位)?(盖章|公章|签章|印章|印|章)(处)?\)*$")
_UNSEEN = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
_BRACKETS = str.maketrans("[]{}〔〕【】〈〉《》⟨⟩", "()()()()()()()")


def slowly(name: str) -> str:
    """What is compared of a name, every step of it over all of it."""
    close = unicodedata.normalize("NFKC", name).translate(_UNSEEN).translate(_BRACKETS)
    close = "".join(close.split()).casefold().replace("。", "")
    while (shorter := _slowly_shorter(close)) != close:
        close = shorter
    return close


def _slowly_shorter(close: str) -> str:
    stripped = close.strip(" .,;:、·…~!?-_*'\"“”‘’「」『』")
    close = re.sub(r"(盖章|公章|签章)$", "", _WAS_LABEL.sub("", stripped, count=1))
    match = _WAS_SEAL.search(close)
    if match and "(" in match[0]:
        return close[: match.start()]
    if close.count("(") < close.count(")"):
        return close.removesuffix(")").removeprefix(")")
    if close.count("(") > close.count(")"):
        return close.removesuffix("(").removeprefix("(")
    return "" if not close.strip("()") else close


@given(
    st.text(
        "甲镇人民政府()（）[]【】《》盖章公签印处请加单位填报机关:： 。.-_'\"\u200b\ufeff\u00adＡa１\n\t", max_size=16
    )
)
def test_a_name_is_compared_as_if_every_step_went_over_all_of_it(name: str) -> None:
    assert plainly(name) == plain(name) == slowly(name)


def test_texts_are_compared_without_being_remembered() -> None:
    before = plain.cache_info().currsize
    likeness(made.filing(7))
    assert plain.cache_info().currsize <= before + 1  # its unit's name
