"""A published Word file comes back with comments at the cells and sentences that are wrong, its content untouched."""

from __future__ import annotations

import dataclasses
import io
import zipfile

from docx import Document

from tests.filings import filing, typed
from toolkit.form.edition import named
from toolkit.intake import of_bytes
from toolkit.model.filing import Checked
from toolkit.publish import publish
from toolkit.publish.comments import commented
from toolkit.rules import check

WRONG = "requests/received/total"


def _delivered() -> bytes:
    made = typed(filing("2021"), {WRONG: 999})
    texts = {**made.texts, "problems": "无"}
    return publish(named("2021"), dataclasses.replace(made, texts=texts), ".docx", date="2024年1月15日")


def _checked(content: bytes) -> Checked:
    return check(of_bytes(content, "a.docx"))


def _said(content: bytes) -> list[tuple[str, str]]:
    """Every comment with the words it stands at."""
    document = Document(io.BytesIO(content))
    word = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    found = []
    for each in document.comments:
        start = next(
            mark
            for mark in document.element.body.iter(f"{word}commentRangeStart")
            if mark.get(f"{word}id") == str(each.comment_id)
        )
        found.append(("".join(part.text or "" for part in start.getparent().iter(f"{word}t")), each.text))
    return found


def test_a_wrong_total_is_commented_at_its_cell_and_a_section_at_its_title() -> None:
    content = _delivered()
    said = _said(commented(content, "a.docx", _checked(content)))
    assert len(said) == len(_checked(content).findings)
    assert any(at == "999" and "总计填的是 999" in comment for at, comment in said)
    assert any("存在的主要问题" in at and comment.startswith("核实") for at, comment in said)


def test_the_content_is_untouched_and_the_same_check_gives_the_same_bytes() -> None:
    content = _delivered()
    made = commented(content, "a.docx", _checked(content))
    assert made == commented(content, "a.docx", _checked(content))
    assert of_bytes(made, "a.docx").filing == of_bytes(content, "a.docx").filing
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        assert {part.date_time for part in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_comments_of_an_earlier_check_are_replaced_and_those_of_people_stay() -> None:
    content = _delivered()
    document = Document(io.BytesIO(content))
    document.add_comment(document.paragraphs[0].runs[0], text="请领导审阅", author="王", initials="王")
    buffer = io.BytesIO()
    document.save(buffer)
    once = commented(buffer.getvalue(), "a.docx", _checked(buffer.getvalue()))
    twice = commented(once, "a.docx", _checked(once))
    assert sorted(_said(twice)) == sorted(_said(once))
    assert sum(comment == "请领导审阅" for _, comment in _said(twice)) == 1


def test_what_one_cell_explains_is_one_comment_at_that_cell() -> None:
    made = filing("2021", {"requests/received/person": 1408, "requests/done.granted/person": 1406})
    content = publish(named("2021"), typed(made, {"requests/received/person": 1048}), ".docx", date="2024年1月15日")
    checked = _checked(content)
    errors = [each for each in checked.findings if each.level == "error"]
    assert len(errors) > 1
    (one,) = [(at, said) for at, said in _said(commented(content, "a.docx", checked)) if said.startswith("错误")]
    assert one[0] == "1048"
    assert "疑似" in one[1]
    assert one[1].count("\n· ") == len(errors)
