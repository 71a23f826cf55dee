"""The report as one page that needs nothing else: for screens, small screens, screen readers and paper."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from toolkit.form.layout import Box
from toolkit.publish.content import Content, Part

STYLE = """
:root{color-scheme:light dark;--ink:#1a1a1a;--paper:#fff;--line:#767676;--head:#f2f2f2;--quiet:#555;--mark:#b0000022}
@media (prefers-color-scheme:dark){:root{--ink:#e8e8e8;--paper:#16181c;--line:#7d838c;--head:#24272d;
--quiet:#b0b4ba;--mark:#ff808026}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:1.0625rem/1.8 FangSong,"仿宋","FangSong_GB2312",STFangsong,
"Noto Serif CJK SC",serif}
main{max-width:60rem;margin:0 auto;padding:2rem 1rem 4rem}
h1{font:normal 1.7rem/1.5 "FZXiaoBiaoSong-B05S","方正小标宋简体",SimSun,"宋体","Noto Serif CJK SC",serif;
text-align:center;margin:1rem 0 1.5rem;text-wrap:balance}
h2{font:normal 1.2rem/1.6 SimHei,"黑体","Noto Sans CJK SC",sans-serif;margin:2rem 0 .75rem}
p{margin:.4rem 0;text-indent:2em;text-align:justify;overflow-wrap:anywhere}
p.sign{text-align:right;text-indent:0;margin:0 2em 0 0}
.sign:first-of-type{margin-top:2.5rem}
.scroll{overflow-x:auto}
.scroll:focus-visible{outline:3px solid #1a6fd4;outline-offset:2px}
table{border-collapse:collapse;width:100%;font-size:.9rem;line-height:1.4}
table.wide{min-width:46rem}
caption{text-align:left;color:var(--quiet);padding:.25rem 0;font-size:.85rem}
th,td{border:1px solid var(--line);padding:.35rem .4rem;text-align:center;font-weight:normal}
thead th,th.head{background:var(--head)}
th.label{text-align:left}
td,th.head{min-width:2.6rem}
td{font-variant-numeric:tabular-nums}
.draft{position:fixed;inset:0;display:grid;place-items:center;pointer-events:none;font-size:min(40vw,18rem);
color:var(--mark);transform:rotate(-35deg);z-index:1;letter-spacing:.2em}
@page{size:A4;margin:37mm 26mm 35mm 28mm;@bottom-center{content:"— " counter(page) " —";font:14pt SimSun,serif}}
@media print{:root{color-scheme:light;--ink:#000;--paper:#fff;--line:#000;--head:#fff;--quiet:#000}
body{font-size:16pt;line-height:29pt}main{max-width:none;padding:0 1px}h1{font-size:22pt;margin-top:0}h2{font-size:16pt}
.scroll{overflow:visible}table,table.wide{min-width:0;font-size:9pt;line-height:12pt}td,th.head{min-width:1em}
table{break-inside:avoid}th,td{padding:2pt 3pt}thead th[scope=col]{padding:2pt 1pt;min-width:2.2em}
caption{display:none}thead{display:table-header-group}tr{break-inside:avoid}h2{break-after:avoid}
.draft{font-size:160pt}}
""".replace("\n", "")


def written(report: Content) -> bytes:
    """The page, in UTF-8."""
    return "\n".join(_lines(report)).encode() + b"\n"


def _lines(report: Content) -> Iterator[str]:
    yield "<!DOCTYPE html>"
    yield '<html lang="zh-CN">'
    yield '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{escape(report.title)}</title>"
    yield f"<style>{STYLE}</style></head>"
    yield "<body><main>"
    if report.draft:
        yield f'<div class="draft" role="note">{escape(report.draft)}</div>'
    yield f"<h1>{escape(report.title)}</h1>"
    yield from (f"<p>{escape(each)}</p>" for each in report.preamble)
    for part in report.parts:
        yield f'<section aria-labelledby="{part.id}"><h2 id="{part.id}">{escape(part.title)}</h2>'
        yield from _table(part) if part.sheet else (f"<p>{escape(each)}</p>" for each in part.paragraphs)
        yield "</section>"
    yield f'<div><p class="sign">{escape(report.signed)}</p>'
    yield f'<p class="sign">{escape(report.date)}</p></div>'
    yield "</main></body></html>"


def _table(part: Part) -> Iterator[str]:
    assert part.sheet is not None
    wide = ' class="wide"' if part.sheet.width > 6 else ""
    yield f'<div class="scroll" role="region" aria-labelledby="{part.id}" tabindex="0"><table{wide}>'
    yield f"<caption>{escape(part.sheet.name)}</caption>"
    if part.head:
        yield "<thead>"
        yield from _rows(part, 0, part.head)
        yield "</thead>"
    yield "<tbody>"
    yield from _rows(part, part.head, part.rows)
    yield "</tbody></table></div>"


def _rows(part: Part, first: int, last: int) -> Iterator[str]:
    for row in range(first, last):
        yield "<tr>" + "".join(_cell(box) for box in part.boxes if box.row == row) + "</tr>"


def _cell(box: Box) -> str:
    spans = "".join(
        f' {name}="{count}"' for name, count in (("rowspan", box.rows), ("colspan", box.columns)) if count > 1
    )
    if box.role == "figure":
        return f"<td{spans}>{escape(box.text)}</td>"
    if box.role == "head":
        return f'<th class="head" scope="{"colgroup" if box.columns > 1 else "col"}"{spans}>{escape(box.text)}</th>'
    return f'<th class="label" scope="{"rowgroup" if box.rows > 1 else "row"}"{spans}>{escape(box.text)}</th>'
