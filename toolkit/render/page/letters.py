"""The letters of a merge as one page to be printed, a sheet for each; what stands in a letter is `county`'s."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from toolkit.county.letters import Letter, Sender
from toolkit.county.post import Notice, notice
from toolkit.form.parts import Edition
from toolkit.ground.language import speaking, text
from toolkit.render import plain

_STYLE = """
body{font:16pt/1.75 "FangSong","仿宋","STFangsong","Noto Serif CJK SC",serif;max-width:42em;margin:1rem auto;
padding:0 1rem;color:#000;background:#fff}
article{break-after:page;border-bottom:1px dashed #999;padding:1rem 0 2rem}
article:last-child{break-after:auto;border:0}
h1{font:bold 20pt/1.5 "SimSun","宋体","Noto Serif CJK SC",serif;text-align:center}
p{text-indent:2em;margin:0}.to{text-indent:0;margin-top:1rem}.number,.from{text-align:right;text-indent:0}
.from{margin-top:2rem}
@page{size:A4;margin:2.8cm 2.6cm}@media print{body{margin:0;padding:0;max-width:none}article{border:0;padding:0}}
"""


def page(edition: Edition, letters: Sequence[Letter], sender: Sender) -> str:
    """Every letter of a merge, in the language of the form."""
    with speaking("zh"):
        title = str(text("letters"))
        body = "".join(_drawn(notice(edition, each, sender)) for each in letters)
    return (
        f'<!doctype html>\n<html lang="zh"><head><meta charset="utf-8"><title>{escape(title)}</title>\n'
        '<meta name="viewport" content="width=device-width,initial-scale=1"><link rel="icon" href="data:,">\n'
        f"<style>{_STYLE}</style></head><body>\n{body}</body></html>\n"
    )


def _drawn(said: Notice) -> str:
    lines = "".join(f"<p>{_safe(each)}</p>\n" for each in said.body)
    signed = "".join(f'<p class="from">{_safe(each)}</p>\n' for each in (said.signed, said.day) if each)
    return (
        f'<article><p class="number">{_safe(said.number)}</p><h1>{_safe(said.title)}</h1>\n'
        f'<p class="to">{_safe(said.addressed)}</p>\n{lines}{signed}</article>\n'
    )


def _safe(said: object) -> str:
    return escape(plain(said))
