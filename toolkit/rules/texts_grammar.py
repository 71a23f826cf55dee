"""What the language says whatever the form: words that change nothing, comparisons, parts, whose a number is."""

from __future__ import annotations

from collections.abc import Sequence

from toolkit.ground.patterns import pattern
from toolkit.rules.texts_passages import UNIT
from toolkit.rules.texts_words import Word

FILLER = pattern(
    "(?:共计|总计|合计|累计|总共|一共|总体|总|共|数量|总数|总量|件数|件次|数|量|案件|案|事项|信息|公文|表格|表|函|件|为|达到|达|有|了|的|是"
    "|各类|各种|全年|年度|本年|当年|年内|年来|以来|分别|目前|政府|方面|情况|工作|已经|已|均|都|全部|总体上|实际|依法|依规|按时|按期|及时"
    "|规范|认真|办理|决定|人民币|加上|加|连同|作出|做出|收取|金额|总额|剩余|剩下|尚有|新|又|继续|另|另有|其他|其余|其|还|则|主要|相关|有关|任何|公民|法人|组织|单位|和个人|个人|群众|公众|社会|市民|企业|申请人"
    "|提出|提交|递交|书面|当面|形式|渠道|途径|方式|等|通过|向|来自|关于|要求|公开|或者|或|及|与|和|并|由|因|被|从|对|看|分|中|过|到|上|在"
    "|发生|产生|出现|引发|引起|涉及|存在|得到|进行|予以|给予|审查|情形|现象|事件"
    "|我[局镇乡办委街道县市区厅院处站所省州旗中心单位部]{1,2}|本[局镇乡办委街道县市区厅院处省州机关单位部]{1,4}|街道|全[县市区镇乡省州局]"
    "|一|截至|截止|年底|年末|底|12月31日|1月1日至|1-12月|====|年|、|：|:|“|”|－|-|/)*"
)
"""What may stand between a word and its number, or before them, and say nothing of its own."""

COMPARED = pattern("同比|环比|相比|较|比上|比去|比[0-9<=>]|比同期|(?<!新)增|减少|减|下降|上升|翻")
ANOTHER = pattern(
    "移送|转办|转来|转交|转送|承办|补正|撤回|逾期|超期|第|许可|审批|培训|咨询|答疑|指导|解读|清理|修改|修订|审核|审查|合法性|备案|重复|恶意"
    "|涉密|不满|满意|投诉|信访|热线|建议|提案|留言|败诉|应诉|出庭|答复书|告知书|决定书|比例|占|元"
)
"""Words by which a number is one of something else than what the form counts."""

IN_ALL = ("共", "共计", "合计", "总计", "总共", "一共")
OTHERS_DO = pattern("(?:指导|督促|协助|帮助|配合|督办|代)[^，]{0,8}$")
"""Words before a verb by which somebody else does it."""

_CHANNEL = pattern(
    "(?:互联网|网上|网络|网站|平台|系统|线上|在线)+|信函|邮寄|电子邮件|邮件|当面|现场|窗口|传真|来信|来函|书面|线下|邮箱|电话|在线"
)
_ANY = pattern("等|各种|多种|各类|任何|各个|不同")
_OFFICE = pattern(
    "本级|办公室|政府办|府办|部门|各镇|各乡|乡镇|街道|镇街|各县|各区|县区|区县|各地|[市县区州省旗]政府(?!信息)|局"
)
_AREA = pattern("[全我][县市区省州旗国]|全系统|各级|各地")
_OURS = pattern("我[局镇乡办委厅院处站所部单街中]|本[局镇乡办委厅院处机单部街]")
_PARTIAL = pattern("半年|季度|累计(?!.*(?:全年|====))|历年|近[两二三四五六]年|以来")
_HEAD = pattern(
    r"(?:[（(]?[一二三四五六七八九十]{1,2}[）)、.．]|[一二三四五六七八九十]是|第[一二三四五六七八九十][，,、]|[0-9]{1,2}[.．、])"
)
_CLAUSE = pattern(rf"[，,：:；;（）()。！？!?]|(?<={UNIT})[、和及与]|(?<=[元上右])[、和及与]")
_WITH_COMMA = 4
"""Fewer signs than a number with a comma has: 1,234."""
WHOLE_YEAR = pattern("全年|====|本年|今年|一年来")


def clauses(said: str, words: Sequence[Word]) -> tuple[int, ...]:
    """Where the clauses of a sentence begin; a comma in a number parts none."""
    cuts = [found.end() for found in _CLAUSE.finditer(said)]
    numbers = [
        (each.start, each.end) for each in words if each.kind == "number" and each.end - each.start > _WITH_COMMA
    ]
    if numbers:
        cuts = [cut for cut in cuts if not any(start < cut < end for start, end in numbers)]
    return (0, *cuts)


def filler(said: str) -> bool:
    """Whether words say nothing of their own."""
    return FILLER.fullmatch(said) is not None


def one_channel(said: str) -> bool:
    """Whether a clause speaks of one way to apply only, a part of all that came."""
    return len(_CHANNEL.findall(said)) == 1 and _ANY.search(said) is None


def a_channel(said: str) -> bool:
    """Whether words are one way to apply and nothing else."""
    return _CHANNEL.fullmatch(said) is not None


def an_office(said: str) -> bool:
    """Whether a clause of a whole area's report speaks of one office of it."""
    return _OFFICE.search(said) is not None


def elsewhere(said: str) -> bool:
    """Whether what was said last of whose a number is was a whole area, in the report of one of its offices."""
    areas = [found.start() for found in _AREA.finditer(said)]
    ours = [found.start() for found in _OURS.finditer(said)]
    return bool(areas) and (not ours or ours[-1] < areas[-1])


def of_a_time(said: str) -> bool:
    """Whether a number is of a part of the year, or of several years."""
    found = _PARTIAL.search(said)
    if found is None:
        return False
    return not (found[0] in ("累计", "以来") and WHOLE_YEAR.search(said))


def heads(said: str) -> bool:
    """Whether a sentence begins a point of its own: （二）, 三是."""
    return _HEAD.match(said) is not None
