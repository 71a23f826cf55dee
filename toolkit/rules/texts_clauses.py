"""The clauses of a sentence, and the words of each around one of them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from toolkit.form.words import Topic
from toolkit.rules import texts_grammar as grammar
from toolkit.rules.texts_words import Word


class Clauses:
    """A sentence with its words and the places where its clauses begin."""

    def __init__(self, said: str, words: Sequence[Word]) -> None:
        self.said, self.words = said, tuple(words)
        self.cuts = (*grammar.clauses(said, words), len(said))

    def clause(self, at: int) -> tuple[int, int]:
        """Where the clause around a place begins and ends."""
        after = min(bisect_right(self.cuts, at), len(self.cuts) - 1)
        return self.cuts[after - 1], self.cuts[after]

    def left(self, word: Word) -> tuple[Word, ...]:
        """The words of the clause before a word, after the number before it."""
        start, _ = self.clause(word.start)
        before = [each for each in self.words if start <= each.start < word.start]
        numbers = [n for n, each in enumerate(before) if each.kind == "number"]
        return tuple(before[numbers[-1] + 1 :] if numbers else before)

    def right(self, word: Word) -> tuple[Word, ...]:
        """The words of the clause after a word, up to the next number."""
        _, end = self.clause(word.start)
        after: list[Word] = []
        for each in self.words:
            if word.end <= each.start < end:
                if each.kind == "number":
                    break
                after.append(each)
        return tuple(after)

    def together(self, acts: Sequence[Word]) -> tuple[Word, ...]:
        """The last verb with those that are joined to it: 受理、办理、答复."""
        joined = [acts[-1]]
        for each in reversed(acts[:-1]):
            if self.said[each.end : joined[0].start] not in ("、", "和", "并", "及", "与", "或", "以及", "/"):
                break
            joined.insert(0, each)
        return tuple(joined)

    def joined(self, said: Sequence[Word]) -> tuple[Topic, ...]:
        """The topics a number is of together: 行政复议和行政诉讼案件."""
        joined = [said[-1]]
        for each in reversed(said[:-1]):
            between = self.said[each.end : joined[0].start]
            if between and (len(between) > 8 or not any(sign in between for sign in "、和及与或/")):
                break
            joined.insert(0, each)
        return tuple(dict.fromkeys(each.topic for each in joined if each.topic is not None))

    def near(self, word: Word, topic: Word) -> bool:
        """Whether a topic behind a number is what was counted: 收到12件群众的政府信息公开申请."""
        between = self.said[word.end : topic.start]
        return (
            len(between) <= 10
            and not grammar.ANOTHER.search(between)
            and (topic.kind == "topic" or not between or grammar.filler(between))
        )
