"""Sentences → mentions: which figure each number stands for, and whether it is all of it or a part.

What is plainly said counts; a number among words that are not known, of another year or of a comparison is passed over.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from toolkit.form.parts import Number
from toolkit.form.words import Topic
from toolkit.rules import texts_grammar as grammar
from toolkit.rules.texts_mentions import Context, Mention, Office
from toolkit.rules.texts_number import OneNumber
from toolkit.rules.texts_words import Word


class Sentence(OneNumber):
    """One sentence being read from left to right; what was read so far is its own and nobody else's."""

    def __init__(self, said: str, words: Sequence[Word], office: Office, context: Context) -> None:
        super().__init__(said, words, office, context)
        self.past_in = -1
        self.whole: Word | None = None
        self.listed: Number = 0
        self.of_acts = False
        self.inner = -1
        self.outside: tuple[Topic | None, ...] = ()

    # -- reading

    def read(self) -> tuple[tuple[Mention, ...], Context]:
        """The mentions of the sentence, and what the next one takes over."""
        at = 0
        for word in self.words:
            self._brackets(self.said[at : word.start])
            at = word.end
            if word.kind in ("past", "now"):
                self._time(word)
            elif word.kind == "parts":
                self._opens(word)
            elif word.kind == "number":
                self._counted(word)
            elif word.kind in ("topic", "weak") and word.topic is not None:
                self.topic = word.topic
            elif word.kind == "phrase":
                self._all(word)
            elif word.kind == "rate":
                self._rate(word)
        return tuple(each for each in self.found if not each.listed or self._complete()), Context(self.topic)

    def _brackets(self, said: str) -> None:
        """Behind brackets a sentence goes on with what it spoke of before them."""
        for sign in said:
            if sign in "（(":
                self.outside = (*self.outside, self.topic)
            elif sign in "）)" and self.outside:
                self.topic, self.outside = self.outside[-1], self.outside[:-1]

    def _complete(self) -> bool:
        """Whether results that stand behind their numbers make up a whole; others may have been counted otherwise."""
        listed = sum(each.least for each in self.found if each.listed)
        return any(listed == each.least for each in self.found if not each.listed)

    def _time(self, word: Word) -> None:
        before = self.said[max(0, word.start - 1) : word.start]
        if before in ("较", "比", "与", "同", "和", "跟"):
            self.past_in = self.clause(word.start)[0]
        elif word.kind == "now" or before not in ("因", "对", "由", "含", "从", "自"):
            self.past = word.kind == "past"

    def _opens(self, word: Word) -> None:
        """`其中` after a number: what follows are its parts, as far as they go."""
        numbers = [each for each in self.words if each.kind == "number" and not each.money and each.end <= word.start]
        self.listed, self.of_acts = 0, False
        self.whole = numbers[-1] if numbers else None
        self.inner = self.whole.start if self.whole else -1

    def _enumerated(self, word: Word, act: bool) -> bool:
        """Whether a number belongs to an enumeration that is not at its end; what it is of decides."""
        if self.whole is None:
            return False
        if not self.listed:
            self.of_acts = act
        if (act and not self.of_acts) or self.listed >= self.whole.least:
            self.whole = None
            return False
        self.listed = self.listed + word.least
        return True

    def _counted(self, word: Word) -> None:
        made = tuple(self._mentions(word))
        act = any(each.phrase is not None and each.phrase.parted for each in made)
        if self._enumerated(word, act) and self.of_acts:
            made = tuple(self._as_part(each) for each in made)
        self.found.extend(each._replace(inner=self.inner, at=word.start) for each in made)
        plain = [each.phrase for each in made if each.phrase is not None]
        if plain and self.inner < 0:
            self.phrase = plain[0]
        if self.said[self.clause(word.start)[1] - 1] in "）)；;" or self.whole is None:
            self.inner = -1

    def _as_part(self, made: Mention) -> Mention:
        phrase = made.phrase
        within = self.phrase is not None and phrase is not None and self.phrase.means == phrase.whole
        if phrase is None or not phrase.parted or within or self.phrase is None:
            return made
        return made._replace(part=True)

    # -- one number

    def _mentions(self, word: Word) -> Iterator[Mention]:
        start, end = self.clause(word.start)
        head = self.said[start : word.start]
        timed = any(self._timed(each) for each in self.left(word))
        if (
            ((self.past or self.past_in == start) and not timed)
            or grammar.COMPARED.search(head)
            or self._not_ours(head, word)
        ):
            return
        left, right = self.left(word), self.right(word)
        if any(each.kind == "denial" for each in left):
            return
        if self.waiting and not left and grammar.filler(head):
            yield self._made(word, self.waiting[0], None, None, word.start)
            self.waiting = self.waiting[1:]
            return
        said = [each for each in left if each.kind in ("topic", "weak")]
        after = [each for each in right if each.kind in ("topic", "weak")]
        beside = after[0] if after and not said and self.near(word, after[0]) else None
        topic = said[-1].topic if said else beside.topic if beside else self.topic
        leading = right[:1] if grammar.filler(head) else ()
        if topic is None and (topic := self._sure(left) or self._sure(leading)) is not None:
            self.topic = topic
        if topic is None or topic.money != word.money:
            return
        if beside is not None:
            self.topic = topic
        part = self._part(self.said[start : word.start])
        made = tuple(self._of(word, topic, left, right, said, beside, start, end))
        if not made and said and said[-1].kind == "weak":
            self.topic = None
        yield from (each._replace(part=each.part or part or topic.money) for each in made)

    def _timed(self, word: Word) -> bool:
        """Whether a verb says of which year it is: 上年结转."""
        return word.kind == "phrase" and any(sign in self.said[word.start : word.end] for sign in "上下去往<>")

    def _sure(self, left: Sequence[Word]) -> Topic | None:
        """The topic of a verb that is said of nothing else."""
        named = {phrase.topic for each in left for phrase in each.phrases if each.kind == "phrase" and phrase.sure}
        named |= {topic for each in left for share in each.shares if share.sure for topic in share.topics}
        return next((each for each in self.office.speech.topics if each.id in named), None)

    def _not_ours(self, head: str, word: Word) -> bool:
        before = self.said[: word.start]
        if not self.office.area and grammar.elsewhere(before):
            return True
        return grammar.of_a_time(before if "累计" in head or "以来" in before else head)

    def _part(self, head: str) -> bool:
        return grammar.one_channel(head) or (self.office.area and grammar.an_office(head))

    # -- all of them

    def _all(self, word: Word) -> None:
        """`均已办结`: what would be left of them is 0."""
        phrase = next((each for each in word.phrases if self.topic and each.topic == self.topic.id and each.rest), None)
        start, end = self.clause(word.start)
        numbered = any(start <= each.start < end for each in self.words if each.kind == "number")
        head = self.said[start : word.start]
        if (
            phrase is None
            or numbered
            or self.past
            or not self.found
            or not head.startswith(("均", "全部", "都", "已全部", "已均"))
        ):
            return
        if any(sign in self.said[start:end] for sign in "期时限定规法") or not grammar.filler(head):
            return
        if self.found[-1].readings[0] == self.topic.alone[0] if self.topic else False:
            self.found.append(Mention((phrase.rest,), 0, 0, start, word.end))

    def _rate(self, word: Word) -> None:
        """`办结率100%`: what is left is not more than came in the year, all of it within its term."""
        after = self.said[word.end : word.end + 8]
        if self.topic is None or self.past or not any(sign in after for sign in ("100%", "100％", "百分之百")):
            return
        for phrase in word.phrases:
            if phrase.topic == self.topic.id and phrase.rest:
                limit = self.topic.alone[0]
                self.found.append(Mention((phrase.rest,), 0, None, word.start, word.end, limit=limit))
