"""Changes as one self-contained page: light and dark, for paper too; a chart for each table; nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from html import escape

from toolkit.form.parts import Number
from toolkit.ground.language import chosen, listed, text
from toolkit.model.changes import Change, Changes, UnitChanges, Year
from toolkit.render import grouped, number, plain, rewritten
from toolkit.render.data.changes import heads, shown
from toolkit.render.screen.changes import MARKS, notes, rate, titled, together, units, value

_STYLE = """
:root{color-scheme:light dark;--ink:#1a1a1a;--paper:#fff;--in:#0a6b2d;--out:#b3261e;--line:#ccc;--bar:#9bb4d0;
--now:#1f5fa8}
@media(prefers-color-scheme:dark){:root{--ink:#e8e8e8;--paper:#141414;--in:#6fd08c;--out:#ff9a90;--line:#444;
--bar:#4a6585;--now:#7db4f0}}
body{background:var(--paper);color:var(--ink);
font:15px/1.5 "Noto Sans CJK SC","Microsoft YaHei",sans-serif;margin:1rem auto;max-width:60rem;padding:0 .8rem}
table{border-collapse:collapse;width:100%}
th,td{border-bottom:1px solid var(--line);padding:.2rem .4rem;text-align:right;white-space:nowrap}
th:first-child,td:first-child{text-align:left;min-width:6em;white-space:normal;overflow-wrap:anywhere}
details{border-bottom:1px solid var(--line)}summary{cursor:pointer;font-weight:bold;padding:.4rem 0}
th button{all:unset;cursor:pointer}
th button:focus-visible{outline:2px solid}
td{font-variant-numeric:tabular-nums}.up{color:var(--in)}.down{color:var(--out)}
.wide{overflow-x:auto}small{display:block;opacity:.8}svg{width:100%;height:auto;max-width:40rem}
svg.trend{width:5rem;height:1.1rem}.trend polyline{fill:none;stroke:var(--now);stroke-width:1.5}
.trend circle{fill:var(--now)}svg text{fill:currentColor;font-size:12px}.was{fill:var(--bar)}.now{fill:var(--now)}
ins{color:var(--in)}del{color:var(--out)}
@media(max-width:480px){body{font-size:13px}th,td{padding:.15rem .2rem}}
@media print{:root{color-scheme:light;--ink:#000;--paper:#fff;--in:#0a6b2d;--out:#b3261e;--line:#999;--bar:#9bb4d0;
--now:#1f5fa8}body{max-width:none}tr,svg{break-inside:avoid}h3{break-after:avoid}}
"""
_SCRIPT = """
document.querySelectorAll("th button").forEach(function(b){b.onclick=function(){
var t=b.closest("table").tBodies[0],n=b.parentNode.cellIndex,d=b.dataset.d=b.dataset.d==="-1"?1:-1;
var k=function(r){var c=r.cells[n],v=c.dataset.v;return v===undefined?c.textContent:
v===""?-Infinity:Number(v)};
Array.from(t.rows).sort(
function(a,c){var x=k(a),y=k(c);return x===y?0:(x<y?-1:1)*d}).forEach(function(r){t.append(r)})}})
"""
_BARS = 8
"""Bars of a chart: the figures that changed most; more are a thicket."""


def page(of: Changes, *, everything: bool, with_texts: bool) -> str:
    """The page of `xls diff -o changes.html`."""
    head = f"{' · '.join(map(str, dict.fromkeys(of.years)))} {text('changes')}"
    body = "\n".join(_body(of, everything, with_texts))
    return (
        f'<!doctype html>\n<html lang="{chosen()}"><head><meta charset="utf-8"><title>{escape(head)}</title>\n'
        '<meta name="viewport" content="width=device-width,initial-scale=1"><link rel="icon" href="data:,">\n'
        f"<style>{_STYLE}</style></head><body><h1>{escape(head)}</h1>\n{body}\n<script>{_SCRIPT}</script></body></html>\n"
    )


def _body(of: Changes, everything: bool, with_texts: bool) -> Iterator[str]:
    if not of.different:
        yield f"<p>{text('no difference')}</p>"
    if of.totals:
        yield f"<h2>{_safe(together(of))}</h2>"
        yield from _tables(shown(of.totals, everything), heads(of))
    for said in units(of):
        yield f"<p>{_safe(said)}</p>"
    for unit in of.units:
        name = _safe(unit.unit.name or text("(not given)"))
        if said_of := list(_unit(unit, of, everything, with_texts)):
            folded = (f"<details><summary>{name}</summary>", "</details>") if of.totals else (f"<h2>{name}</h2>", "")
            yield "\n".join((folded[0], *said_of, folded[1]))
    for said in notes(of, everything):
        yield f"<p><small>{_safe(said)}</small></p>"


def _unit(unit: UnitChanges, of: Changes, everything: bool, with_texts: bool) -> Iterator[str]:
    yield from _tables(shown(unit.figures, everything), heads(of))
    for each in unit.texts:
        if not each.changed:
            continue
        tags = {"same": "span", "out": "del", "in": "ins"}
        yield f"<p>{_safe(rewritten(each))}</p>"
        if with_texts:
            yield "<p>" + "".join(f"<{tags[p.kind]}>{_safe(p.said)}</{tags[p.kind]}>" for p in each.pieces) + "</p>"
    for over in unit.typed_over:
        stated, computed = _safe(number(over.stated)), number(over.computed)
        yield f"<p>{_safe(over.source)}: {_safe(over.label)} {stated} ≠ {computed}</p>"


def _tables(rows: Sequence[Change], years: Sequence[str]) -> Iterator[str]:
    names = dict.fromkeys(each.ref.partition("/")[0] for each in rows)
    for name in names:
        of = [each for each in rows if each.ref.partition("/")[0] == name]
        over = [str(text("figure")), *years, str(text("change")), "%"]
        yield f"<h3>{_safe(titled(name))}</h3>{_chart(of, years[-2:])}<div class=wide><table><thead><tr>"
        yield "".join(f"<th><button>{escape(each)}</button></th>" for each in over)
        if len(years) > 2:
            yield f"<th>{text('trend')}</th>"
        yield "</tr></thead><tbody>" + "".join(map(_row, of)) + "</tbody></table></div>"


def _row(each: Change) -> str:
    by = "".join(f"<small>{_safe(share.unit.name)} {grouped(share.change, '+')}</small>" for share in each.by[:5])
    if each.left_out:
        names = listed([unit.name for unit in each.left_out], 5)
        by += f"<small>{_safe(text('without a number in a year, not added up: {units}', units=names))}</small>"
    change, percent = each.change, each.percent
    trend = _trend(each) if len(each.years) > 2 else ""
    tone = "" if not change else "up" if change > 0 else "down"
    years = "".join(f'<td data-v="{_key(year)}">{_safe(value(year))}</td>' for year in each.years)
    return (
        f"<tr><td>{MARKS[each.comparable]} {_safe(each.label)}{by}</td>{years}"
        f'<td class="{tone}" data-v="{"" if change is None else change}">{_signed(change)}</td>'
        f'<td data-v="{"" if percent is None else percent}">{_safe(rate(each))}</td>{trend}</tr>\n'
    )


def _signed(change: Number | None) -> str:
    return grouped(change, "+")


def _key(year: Year) -> str:
    return str(year.value) if isinstance(year.value, int | Decimal) else ""


def _trend(each: Change) -> str:
    """A line through the years that have a number, the lowest at the bottom; one alone is a point."""
    known = [(n, Decimal(year.value)) for n, year in enumerate(each.years) if isinstance(year.value, int | Decimal)]
    low, span = min((v for _, v in known), default=Decimal(0)), Decimal(0)
    span = max((v for _, v in known), default=low) - low
    step = 76 / (len(each.years) - 1)
    at = [(2 + n * step, 16 - (float((v - low) / span) * 14 if span else 0)) for n, v in known]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in at)
    end = f'<circle cx="{at[-1][0]:.1f}" cy="{at[-1][1]:.1f}" r="2"/>' if at else ""
    said = " ".join(value(year) for year in each.years)
    return (
        f'<td><svg class="trend" viewBox="0 0 80 18" role="img" aria-label="{_safe(said)}">'
        f'<polyline points="{line}"/>{end}</svg></td>'
    )


def _chart(rows: Sequence[Change], years: Sequence[str]) -> str:
    """The figures that changed most, the year before over the last one, all of a table to one scale."""
    moved = sorted((each for each in rows if each.change), key=lambda each: -abs(Decimal(each.change or 0)))[:_BARS]
    if not moved:
        return ""
    drawn = [
        f'<rect class="{tone}" x="{at}" y="4" width="10" height="8"/><text x="{at + 14}" y="12">{_safe(year)}</text>'
        for at, tone, year in zip((0, 70), ("was", "now"), years, strict=True)
    ]
    pairs = [[abs(Decimal(_key(year))) for year in each.years[-2:]] for each in moved]
    most = max(max(pair) for pair in pairs)
    for n, (each, pair) in enumerate(zip(moved, pairs, strict=True)):
        top = 18 + n * 34
        values = " → ".join(value(year) for year in each.years[-2:])
        drawn.append(f'<text x="0" y="{top + 12}">{_safe(each.label)}  {values}</text>')
        for m, (size, tone) in enumerate(zip(pair, ("was", "now"), strict=True)):
            drawn.append(
                f'<rect class="{tone}" x="0" y="{top + 15 + m * 7}" width="{float(400 * size / most):.1f}" height="6"/>'
            )
    return f'<svg viewBox="0 0 400 {18 + len(moved) * 34}" role="img">{"".join(drawn)}</svg>'


def _safe(said: object) -> str:
    return escape(plain(said))
