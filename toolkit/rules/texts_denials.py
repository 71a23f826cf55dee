"""Denials → mentions of nought: 未收到申请, 没有针对我局的复议、诉讼案件, 未制发规范性文件.

What is denied of a part (逾期未答复的申请) or twice (没有未答复的) says nothing of the figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from toolkit.form.words import Phrase, Sum, Topic
from toolkit.ground.patterns import pattern
from toolkit.rules import texts_grammar as grammar
from toolkit.rules.texts_mentions import Mention, Office, column
from toolkit.rules.texts_number import LONGEST
from toolkit.rules.texts_words import Word

_HAPPENED = pattern("(?:发生|出现|产生|收到|接到)?[，。；;！!]*")
_AFTER = pattern(
    r"(?:的?(?:来信|来函|信函|材料)|[、和及与或也且以并]|等|的|案件|案|情况|事项|事件|现象|情形|发生|件|$|[，,；;。：:（(！!]).*"
)
_SOME = pattern("部分|个别|有的|有[0-9]|多数|大多|除|若|如|凡|因[^，]{0,12}未|要求")
_AGAIN = pattern("未|没有|无[^，]{0,2}法|不")
_VERB = pattern("(?:未|没有)[^，、]{2,4}[、，]?(?:也|亦)?$")
_AND = ("、", "，也", "，", "也", "和")
_REACH = 32
_JOINS = ("、", "和", "及", "与", "或", "以及", "或者")


def denials(said: str, words: Sequence[Word], office: Office, topic: Topic | None, past: bool) -> Iterator[Mention]:
    """The mentions of nought of a sentence; `topic` is what the sentences before it spoke of."""
    cuts = (*grammar.clauses(said, words), len(said))
    for n, word in enumerate(words):
        if word.kind in ("past", "now"):
            past = word.kind == "past" and said[max(0, word.start - 1) : word.start] not in (*"较比与同因对由含",)
        if word.kind != "denial":
            topic = word.topic or topic
            continue
        start = max(cut for cut in cuts[:-1] if cut <= word.start)
        end = min(cut for cut in cuts if cut > word.start)
        head = said[start : word.start]
        if (
            past
            or _SOME.search(head)
            or grammar.ANOTHER.search(head)
            or (_AGAIN.search(head) and not _joined(head))
            or grammar.of_a_time(said[: word.start])
        ):
            continue
        if not office.area and grammar.elsewhere(said[: word.start]):
            continue
        if office.area and grammar.an_office(head):
            continue
        after = [each for each in words[n + 1 :] if each.start < min(end, word.end + _REACH)]
        free = [each.topic for each in words[:n] if each.start >= start and each.topic is not None and each.topic.free]
        yield from _denied(said, word, after, free or ([topic] if topic else []), end, office)


def _denied(
    said: str, word: Word, after: Sequence[Word], before: Sequence[Topic], end: int, office: Office
) -> Iterator[Mention]:
    """What one denial denies, of the topics `before` it where none follows; 未发生一起 counts nothing."""
    topic = before[-1] if before else None
    after = [each for each in after if not (each.kind == "number" and each.exact == 1)]
    if any(each.kind in ("number", "denial") for each in after) and not _listed(said, word, after):
        yield from _shared(said, word, after)
        after = _before_next(after)
    topics = [each for each in after if each.kind in ("topic", "weak") and each.topic is not None]
    acts = [each for each in after if each.kind == "phrase"]
    if topics:
        first, free = topics[0], [each for each in topics if each.topic is not None and each.topic.free]
        if free:
            yield from _free(said, word, free, after, end, office)
        if first not in free and first.topic is not None and not first.topic.money:
            made = tuple(_plain(said, word, first, acts, end))
            yield from made
            yield from _also(said, word, topics, acts) if made else ()
        return
    if topic is None or topic.money:
        return
    wanted = [phrase for act in acts[:1] for phrase in act.phrases if phrase.topic == topic.id]
    if wanted and grammar.filler(said[word.end : acts[0].start]) and _AFTER.match(said[acts[0].end : end]):
        if topic.free or _rest(said[acts[0].end : end]):
            yield from (_nought(word, acts[0].end, phrase) for phrase in wanted)
    elif not after and topic.free and said[word.end : end].strip("，。；;”’") in ("发生", "出现", "产生", ""):
        for each in dict.fromkeys(before):
            if any(sign in said[: word.start] for sign in each.says):
                yield Mention(each.alone, 0, 0, word.start, word.end)
    elif not after and len(topic.alone) == 1 and _HAPPENED.fullmatch(said[word.end : end]):
        named = max((said.rfind(sign, 0, word.start) + len(sign) for sign in topic.says if sign in said[: word.start]),
                    default=-1)  # fmt: skip
        if named >= 0 and grammar.filler(said[named : word.start]):
            yield Mention(topic.alone, 0, 0, word.start, word.end)


def _rest(said: str) -> bool:
    """Whether nothing is said after a verb but what any denial may end with."""
    return grammar.filler(re.sub("[，,；;。：:（(！!].*", "", said))


def _listed(said: str, word: Word, after: Sequence[Word]) -> bool:
    return not any(each.kind in ("number", "denial") for each in after)


def _joined(head: str) -> bool:
    """Whether what was denied before is a verb joined to this one: 未出台、未废止规范性文件."""
    return _VERB.search(head) is not None


def _shared(said: str, word: Word, after: Sequence[Word]) -> Iterator[Mention]:
    """What a denied verb says of the topic that it shares with the denied verbs joined to it."""
    kinds = [each.kind for each in after]
    at = kinds.index("topic") if "topic" in kinds else 0
    if at and kinds[:2] == ["phrase", "denial"] and said[after[0].end : after[1].start] in _AND:
        shared = after[at].topic
        wanted = [phrase for phrase in after[0].phrases if shared and phrase.topic == shared.id]
        if set(kinds[:at]) <= {"phrase", "denial"}:
            yield from (_nought(word, after[0].end, phrase) for phrase in wanted[:1])


def _before_next(after: Sequence[Word]) -> list[Word]:
    stop = next((n for n, each in enumerate(after) if each.kind in ("number", "denial")), len(after))
    return list(after[:stop])


def _free(
    said: str, word: Word, topics: Sequence[Word], after: Sequence[Word], end: int, office: Office
) -> Iterator[Mention]:
    """Reviews and suits: whatever stands before them; where a result of theirs is denied, that result."""
    between = said[word.end : topics[0].start]
    if _AGAIN.search(between):
        return
    results = [each for each in after if each.kind == "share" and each.start >= topics[-1].end]
    if results:
        yield from _result(said, word, topics[-1], results, end, office)
        return
    if not _AFTER.match(said[topics[-1].end : end] or "。"):
        return
    if any(sign in said[topics[-1].end : end] for sign in ("败诉", "纠正", "撤销", "违法")):
        return
    for topic in dict.fromkeys(each.topic for each in topics):
        if topic is not None:
            yield Mention(topic.alone, 0, 0, word.start, topics[-1].end)


def _result(said: str, word: Word, topic: Word, results: Sequence[Word], end: int, office: Office) -> Iterator[Mention]:
    share = next((each for each in results[0].shares if topic.topic and topic.topic.id in each.topics), None)
    if share is None or topic.topic is None or len(results) > 1 or not _rest(said[results[0].end : end]):
        return
    if grammar.filler(said[topic.end : results[0].start]):
        refs = column(office, topic.topic.alone[0], share.column)
        yield Mention((refs,), 0, 0, word.start, results[0].end)


def _plain(said: str, word: Word, first: Word, acts: Sequence[Word], end: int) -> Iterator[Mention]:
    """What has a verb: 未收到 … 申请; or none: 无政府信息公开申请."""
    topic = first.topic
    assert topic is not None
    between = said[word.end : first.start]
    if grammar.ANOTHER.search(between) or grammar.one_channel(said[word.start : end]):
        return
    tail = said[first.end : end]
    before = [each for each in acts if each.start < first.start]
    after = [each for each in acts if each.start >= first.end]
    wanted = [phrase for act in before for phrase in act.phrases if phrase.topic == topic.id]
    if wanted:
        lead, gap = said[word.end : before[0].start], said[before[-1].end : first.start]
        near = grammar.filler(gap) if first.kind == "weak" else len(gap) <= LONGEST and not _AGAIN.search(gap)
        if near and grammar.filler(lead) and (_rest(tail) or _AFTER.match(tail)) and not grammar.ANOTHER.search(tail):
            yield from (_nought(word, first.end, phrase) for phrase in wanted)
    elif grammar.filler(between) and not _AGAIN.search(between):
        found = [phrase for act in after[:1] for phrase in act.phrases if phrase.topic == topic.id]
        if found and grammar.filler(said[first.end : after[0].start]):
            yield from (_nought(word, after[0].end, phrase) for phrase in found)
        elif not after and _rest(tail):
            yield Mention(topic.alone, 0, 0, word.start, first.end)


def _also(said: str, word: Word, topics: Sequence[Word], acts: Sequence[Word]) -> Iterator[Mention]:
    """What is denied together with the first: 未制发规章和规范性文件."""
    first = topics[0]
    for before, each in pairwise(topics):
        topic = each.topic
        if topic is None or topic.free or topic.money or said[before.end : each.start] not in _JOINS:
            return
        verbs = [
            phrase for act in acts if act.start < first.start for phrase in act.phrases if phrase.topic == topic.id
        ]
        if verbs and topic is not first.topic:
            yield _nought(word, each.end, verbs[0])


def _nought(word: Word, end: int, phrase: Phrase) -> Mention:
    readings: tuple[Sum, ...] = (phrase.means, *phrase.either)
    return Mention(readings, 0, 0, word.start, end, phrase=phrase)
