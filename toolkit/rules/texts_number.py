"""One number of a sentence → the mentions it makes: which words around it say of what it is, and whether it is a part.

How a sentence is gone through, word by word, is `texts_sentence`'.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from toolkit.form.words import Phrase, Topic
from toolkit.rules import texts_grammar as grammar
from toolkit.rules.texts_clauses import Clauses
from toolkit.rules.texts_mentions import Context, Mention, Office, mention, phrases_of, shares_of
from toolkit.rules.texts_words import Word

_ENDS = ("", "的", "继续", "后")
LONGEST = 26
"""Signs that may stand between a verb and what it is of."""


def _stands(word: str, head: str) -> bool:
    """Whether a word stands among others; one with … at its end stands last of them."""
    return head.endswith(word[:-1]) if word.endswith("…") else word in head


class OneNumber(Clauses):
    """A sentence with what was said of its topic so far: what a number of it is told by."""

    def __init__(self, said: str, words: Sequence[Word], office: Office, context: Context) -> None:
        super().__init__(said, words)
        self.office, self._made = office, partial(mention, office)
        self.topic, self.phrase, self.past = context.topic, context.phrase, context.past
        self.found: list[Mention] = []
        self.waiting: tuple[Topic, ...] = ()

    def _of(
        self, word: Word, topic: Topic, left: Sequence[Word], right: Sequence[Word], said: Sequence[Word],
        beside: Word | None, start: int, end: int,
    ) -> Iterator[Mention]:  # fmt: skip
        """The mentions of a number whose topic is known."""
        acts = [each for each in left if phrases_of(each, topic)]
        shares = [each for each in left if shares_of(each, topic)]
        last = max((*said, *acts, *shares), key=lambda each: each.start, default=None)
        if last is not None and self.said[last.end : word.start].endswith("、"):  # 11件来自自然人、1件来自法人
            yield from self._leading(word, topic, right, beside, last.end + 1)
            return
        if last is not None and not grammar.filler(self.said[last.end : word.start]):
            if last.kind == "phrase" and not said:
                self.topic = None
            return
        if last is None:
            yield from self._summed(word, start) or self._leading(word, topic, right, beside, start)
            return
        if any(grammar.OTHERS_DO.search(self.said[start : each.start]) for each in acts):
            return
        share = shares[0] if len(shares) == 1 else None
        named = self._named(acts, topic)
        if named and self._bound(named[-1], said, word, beside, start, end):
            for act in self.together(named):
                for phrase in phrases_of(act, topic):
                    yield self._made(word, topic, phrase, share, act.start)
        elif not acts:
            yield from self._without_verb(word, topic, left, right, said, share, start)

    def _named(self, acts: Sequence[Word], topic: Topic) -> Sequence[Word]:
        """The verbs, without a general one that ends the name of a result: 不予公开答复, 结转下年办理."""
        if len(acts) < 2 or any(each.whole or each.sure for each in phrases_of(acts[-1], topic)):
            return acts
        named = any(each.sure for each in phrases_of(acts[-2], topic))
        general = any(each.parted for each in phrases_of(acts[-1], topic))
        return acts[:-1] if named and general and self.said[acts[-2].end : acts[-1].start] in _ENDS else acts

    def _bound(self, act: Word, said: Sequence[Word], word: Word, beside: Word | None, start: int, end: int) -> bool:
        """Whether a verb, its topic and a number belong together."""
        if said and act.start < said[-1].start:
            between = self.said[act.end : said[-1].start]
            if said[-1].kind == "weak":
                return grammar.filler(between)
            return len(between) <= LONGEST and not grammar.ANOTHER.search(between)
        if said:
            return not grammar.ANOTHER.search(self.said[said[-1].end : act.start])
        if beside is not None:
            return True
        tail = self.said[word.end : end].rstrip("，,：:；;（）()。！？!?、和及与")
        head = self.said[start : act.start]
        reason = head.startswith("因") and any(each.sure for each in act.phrases)
        known = (
            reason
            or grammar.filler(head)
            or any(
                each.kind in ("phrase", "share", "parts", "now") and start <= each.start < act.start
                for each in self.words
            )
        )
        return known and (grammar.filler(tail) or bool(self.right(word)))

    def _without_verb(
        self, word: Word, topic: Topic, left: Sequence[Word], right: Sequence[Word], said: Sequence[Word],
        share: Word | None, start: int,
    ) -> Iterator[Mention]:  # fmt: skip
        if share is not None:
            yield self._made(word, topic, self._governing(topic), share, share.start)
            return
        if not said:
            return
        head, after = self.said[start : said[0].start], [each for each in right if phrases_of(each, topic)]
        if after and grammar.filler(self.said[word.end : after[0].start]):
            for phrase in phrases_of(after[0], topic):
                yield self._made(word, topic, phrase, None, said[0].start)._replace(part=phrase.parted)
        elif self._alone(topic, head, said):
            joined = self.joined(said)
            if len(joined) > 1 and "分别" in self.said[said[-1].end : word.start]:
                self.waiting = joined[1:]
                yield self._made(word, joined[0], None, None, said[0].start)
                return
            yield self._made(word, topic, None, None, said[0].start, joined)

    def _alone(self, topic: Topic, head: str, said: Sequence[Word]) -> bool:
        if grammar.ANOTHER.search(head):
            return False
        if topic.money:
            return True
        if topic.free:
            others = any(_stands(other, head) for other in topic.other) or self._listed_with_others(topic, said[0])
            return "公开" in self.said[: said[0].end] or not others
        if said[-1].kind == "weak" and grammar.a_channel(head):
            return True
        return grammar.filler(head) or (said[-1].kind == "topic" and len(topic.alone) == 1 and len(head) <= 8)

    def _listed_with_others(self, topic: Topic, word: Word) -> bool:
        """办理法律援助案件20件、行政复议案件15件: whether what the organ itself decides goes on behind a 、."""
        start = self.clause(word.start)[0]
        if not start or self.said[start - 1] not in "、和及与":
            return False
        begun, end = self.clause(start - 1)
        free = any(each.topic and each.topic.free for each in self.words if begun <= each.start < end)
        return not free and any(other.rstrip("…") in self.said[begun:end] for other in topic.other)

    def _leading(
        self, word: Word, topic: Topic, right: Sequence[Word], beside: Word | None, start: int
    ) -> Iterator[Mention]:
        """A number that stands first: 5件政府信息公开申请结转下年, 3件予以公开."""
        if not grammar.filler(self.said[start : word.start]):
            return
        acts = [each for each in right if phrases_of(each, topic)]
        if acts:
            between = self.said[(beside.end if beside and beside.start < acts[0].start else word.end) : acts[0].start]
            if len(between) <= 8 and not grammar.ANOTHER.search(between):
                for phrase in phrases_of(acts[0], topic):
                    made = self._made(word, topic, phrase, None, word.start)
                    yield made._replace(part=True, also=(), listed=bool(phrase.whole)) if phrase.parted else made
            return
        if topic.money and self.said[max(0, start - 1) : start] in ("：", ":"):
            yield self._made(word, topic, None, None, word.start)
            return
        shares = [each for each in right if shares_of(each, topic)]
        if len(shares) == 1 and grammar.filler(self.said[word.end : shares[0].start]):
            yield self._made(word, topic, self._governing(topic), shares[0], word.start)
        elif beside is not None and grammar.filler(
            self.said[beside.end : self.clause(word.start)[1]].rstrip("，,；;。")
        ):
            yield self._made(word, topic, None, None, word.start)

    def _summed(self, word: Word, start: int) -> tuple[Mention, ...]:
        """`共8件` behind the ways by which they came: all of them."""
        parts = [each for each in self.found if each.part]
        if self.said[start : word.start] not in grammar.IN_ALL or len(parts) < 2 or parts != self.found:
            return ()
        if len({each.readings for each in parts}) > 1 or sum(each.least for each in parts) != word.least:
            return ()
        return (parts[0]._replace(least=word.least, most=word.most, start=start, end=word.end, part=False),)

    def _governing(self, topic: Topic) -> Phrase | None:
        return self.phrase if self.phrase is not None and self.phrase.topic == topic.id else None
