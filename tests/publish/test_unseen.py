"""What an input says is seen as it is: controls and marks that turn the writing do nothing in what people read."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

from tests.filings import filing, prior, reading
from toolkit.county.delivery import delivered
from toolkit.county.letters import sender
from toolkit.county.merge import merge
from toolkit.county.post import post
from toolkit.form.edition import named
from toolkit.ground.language import text
from toolkit.ground.signs import visible
from toolkit.intake import of_bytes
from toolkit.model.filing import Checked, Unit
from toolkit.model.ledger import Member, Unread
from toolkit.publish import publish
from toolkit.publish.comments import commented
from toolkit.render.page.changes import page
from toolkit.rules import check
from toolkit.years.diff import diff

UNSEEN = "\x00\x07\x1b\x7f\x9b\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
ACTIVE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
NAME = f"镇{UNSEEN}府政民人"
MADE = filing(
    "2021",
    {"documents/normative/issued": 3},
    unit=Unit(NAME, f"T{UNSEEN}1", "township"),
    texts=dict.fromkeys(filing("2021").texts, f"一年来\u202e，收到申请9件{UNSEEN}。\r\n另有\x1b[31m一段\v再一行。"),
    preamble=f"开头{UNSEEN}。",
    signature=f"镇{UNSEEN}\n2024年1月5日",
)


def _words(content: bytes) -> str:
    """The words of a file: of a package those of its parts."""
    if not content.startswith(b"PK"):
        return content.decode("utf-8-sig")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "".join(archive.read(each).decode() for each in archive.namelist() if each.endswith((".xml", ".rels")))


@pytest.mark.parametrize("ending", [".html", ".docx"])
def test_a_report_shows_them(ending: str) -> None:
    said = _words(publish(named("2021"), MADE, ending, draft=True))
    assert not ACTIVE.search(said)
    assert "\\u202e" in said
    assert "\\x1b[31m" in said


def test_comments_in_a_document_show_them() -> None:
    content = publish(named("2021"), MADE, ".docx", draft=True)
    checked = check(of_bytes(content, "a\u202ex.docx"))
    assert checked.findings
    assert not ACTIVE.search(_words(commented(content, "a\u202ex.docx", checked)))


def test_a_page_of_changes_shows_them() -> None:
    said = page(diff([prior("2021"), MADE]), everything=True, with_texts=True)
    assert not ACTIVE.search(said)


def test_letters_and_what_goes_with_them_show_them() -> None:
    members = (Member(Unit(NAME, "T1", "township"), f"电话{UNSEEN}"), Member(Unit("乙镇人民政府")))
    unread = Unread(f"a{UNSEEN}.xlsx", text("{file}: damaged", file=f"a{UNSEEN}.xlsx"), member=members[0])
    given = delivered(Checked(reading(filing("2021", unit=members[1].unit)), (), ()), "b", members)
    merged = merge([unread, given], Unit(NAME), members)
    sent = tuple(post(merged, sender(f"县{UNSEEN}", "", "", f"电话{UNSEEN}")))
    assert {each.name.rpartition(".")[2] for each in sent} == {"docx", "txt"}
    assert any(each.letter for each in sent)
    for each in sent:
        assert not ACTIVE.search(each.name)
        assert not ACTIVE.search(_words(each.content)), each.name


def test_what_only_ends_a_line_or_parts_words_is_left() -> None:
    assert visible("一\r\n二\r三\v四\t五\u200b六") == "一\n二\n三\n四\t五\u200b六"
