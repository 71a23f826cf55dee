"""Where lxml has no wheel the standard library reads and edits the same workbooks to the same bytes."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests import ROOT
from tests.blocked import block
from tests.filings import filing, prior, typed
from tests.quirks import varied
from toolkit.county.check_files import check_files
from toolkit.county.inbox import Asked
from toolkit.county.inputs import content
from toolkit.county.merge_files import merge_files
from toolkit.county.roster import understood
from toolkit.form.edition import editions, named
from toolkit.ground import expat, markup
from toolkit.ground.engines import each
from toolkit.ground.libraries import NoLibrary
from toolkit.intake.sources import html, html_tree
from toolkit.intake.sources.docx import is_document
from toolkit.intake.workbook import read
from toolkit.model.filing import Checked
from toolkit.model.ledger import Member
from toolkit.rules import check
from toolkit.workbook.mark import mark
from toolkit.workbook.mark_files import marked
from toolkit.workbook.write import write

_SAID = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_SPACED = b'<a xmlns="u:1" xmlns:p="u:2" p:y="2" x="1"><!--in--><p:b>t</p:b>u<?x?><c xmlns="">v</c></a>'
PARTS = (
    b"<a/>",
    b'<?xml version="1.0"?>\r\n<a>\r\n <b/>\r\n</a>',
    _SAID + b'<a x="1&#10;2&#9;&quot;&lt;&gt;\'&amp;">&lt;&gt;&amp;&#13;"</a>',
    b"<!-- before --><?go now?>" + _SPACED + b"<!--after-->",
    b'<p:a xmlns:p="u:1" xmlns:q="u:1" q:x="1"><q:b/><b xml:space="preserve"> </b></p:a>',
    b'<a xmlns:r="u:r"><b xmlns:r="u:r" r:id="1"/><c><![CDATA[<&>]]></c></a>',
    '<?xml version="1.0" encoding="GB18030"?><a 名="值">表三</a>'.encode("gb18030"),
    "\ufeff<a>字</a>".encode(),
    '<?xml version="1.0" encoding="UTF-16"?><a>字</a>'.encode("utf-16"),
)


@pytest.mark.parametrize("xml", PARTS)
def test_a_part_that_is_read_is_written_down_as_lxml_does(xml: bytes) -> None:
    assert expat.serialized(expat.parsed(xml)) == markup.serialized(markup.parsed(xml))


@pytest.mark.parametrize(
    "xml",
    [
        b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', b"<!DOCTYPE a><a/>", b"<a>&b;</a>", b"<a><b></a>", b"", b"<p:a/>",
        b"<a>" * 300 + b"</a>" * 300, b'<?xml version="1.0" encoding="nobody-knows"?><a/>',
    ],
)  # fmt: skip
def test_what_is_no_xml_or_declares_entities_is_refused(xml: bytes) -> None:
    with pytest.raises(SyntaxError):
        expat.parsed(xml)


def _edited(xml: bytes, parsed: Callable[[bytes], Any]) -> bytes:
    """A tree after every kind of change the editor makes."""
    tree = parsed(xml)
    b, c = tree.find("{u:1}b"), tree.find("{u:1}c")
    assert b is not None
    assert c is not None
    made = tree.makeelement("{u:1}new", {"k": "v"})
    made.text, made.tail = "<", "tail"
    b.addnext(made)
    other = tree.makeelement("{u:3}other")
    other.set("{u:4}id", "7")
    b.addprevious(other)
    moved = parsed(b'<w xmlns="u:1"><i xmlns="u:1"/>z</w>')
    c.append(moved[0])
    c.insert(0, copy.deepcopy(b))
    tree.remove(b)
    made[:] = reversed(list(made))
    c.attrib.pop("gone", None)
    return markup.serialized(tree)


def test_a_tree_is_changed_as_lxml_changes_it() -> None:
    spaces = b'xmlns:p="u:1" xmlns:r="u:4" xmlns:s="u:3"'
    xml = b"<p:a " + spaces + b'>1<p:b r:x="1"><!--c--><p:d/>2</p:b>3<p:c gone="1">4</p:c>5</p:a>'
    assert _edited(xml, expat.parsed) == _edited(xml, markup.parsed)


def test_an_element_alone_declares_what_it_needs_and_no_more() -> None:
    xml = b'<a xmlns="u:1" xmlns:n="u:2" xmlns:o="u:3"><b n:x="1"><c/>t</b>tail</a>'
    assert expat.alone(expat.parsed(xml)[0]) == markup.alone(markup.parsed(xml)[0])
    assert expat.alone(expat.parsed(xml)[0]) == '<b xmlns="u:1" xmlns:n="u:2" n:x="1"><c/>t</b>'


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_a_marked_copy_has_the_same_bytes(edition: str, monkeypatch: pytest.MonkeyPatch) -> None:
    made = write(named(edition), typed(filing(edition), {"requests/received/total": 99}))

    def copies() -> list[bytes]:
        first = mark(made, "a.xlsx", check(read(made, "a.xlsx"), prior(edition)))
        return [first, mark(first, "a.xlsx", check(read(first, "a.xlsx"), prior(edition)))]

    by_lxml = copies()
    block(monkeypatch, "lxml")
    assert copies() == by_lxml


def _members(path: Path) -> tuple[Member, ...]:
    return understood(path.read_bytes(), path.name, editions()[-1]).members


def _county() -> tuple[list[object], bytes]:
    folder = ROOT / "samples" / "county"
    asked = Asked(members=_members(folder / "roster.csv"), jobs=1)
    done = check_files([str(folder / "inbox")], asked, None, list)
    found: list[object] = []
    for given, result in zip(done.inputs, done.results, strict=True):
        if not isinstance(result, Checked):
            found.append(str(result.reason))
            continue
        delivered = content(given)
        found.append([str(each.message) for each in result.findings])
        found.append(None if is_document(delivered) else marked(result, delivered))
    merged = merge_files([str(folder / "inbox")], asked, Path("county.xlsx"), list)
    assert merged.filing is not None
    return found, write(named(merged.filing.edition), merged.filing, merged.before, merged)


@pytest.mark.exhaustive
def test_a_county_s_inbox_comes_to_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    by_lxml = _county()
    block(monkeypatch, "lxml")
    assert _county() == by_lxml


@pytest.mark.parametrize("seed", range(12))
def test_a_page_gives_the_same_grids_and_lines(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    page = varied(filing("2021"), seed)[0].encode()
    by_lxml = html.read(page)
    block(monkeypatch, "lxml")
    assert html.read(page) == by_lxml


@pytest.mark.parametrize(
    "page",
    [
        "<p>a<p>b<table><tr><td>1<td>2<tr><td>3<td>4</table>c",
        "<table><tr><td>1<p>x<td>2</p></tr></table><ul><li>a<li>b</ul>",
        "<script>if(a<b){'</p>'}</script><p>a<br/>b&nbsp;c&#x8868;</p><!-- <p>no</p> --><div>d</div></div>e",
        "<div><table><thead><tr><th>甲<th>乙<tbody><tr><td rowspan=2>1<td>2<tr><td>3</table></div>f",
    ],
)
def test_what_a_page_leaves_out_is_put_in_alike(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    by_lxml = html.read(page.encode())
    block(monkeypatch, "lxml")
    assert html.read(page.encode()) == by_lxml


def test_a_page_nested_too_deep_is_refused() -> None:
    with pytest.raises(html_tree.TooDeep):
        html_tree.tree("<div>" * 300)


def _wants_a_library(shared: object, thing: object) -> object:
    raise ModuleNotFoundError("No module named 'lxml'", name="lxml.etree")


def test_a_library_that_is_wanting_is_no_fault_of_the_file(english: None) -> None:
    with pytest.raises(NoLibrary, match="the library lxml is not installed here, nothing is wrong with the file"):
        list(each(_wants_a_library, None, ["a.xlsx"], 1, "", lost=lambda *_: "a fault of the file"))
