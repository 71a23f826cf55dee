"""PDFs of a few signs, as a browser may have no means to read them."""

from __future__ import annotations

from hashlib import md5

from pdfminer.arcfour import Arcfour

from tests.hostile.packages import pdf

_PADDING = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")


def _paper(encoding: str, ordering: str) -> tuple[bytes, ...]:
    said = b"BT /F 20 Tf 100 500 Td <5e74> Tj ET"
    system = f"<</Registry(Adobe)/Ordering({ordering})/Supplement 0>>"
    return (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d>>\nstream\n%s\nendstream" % (len(said), said),
        f"<</Type/Font/Subtype/Type0/BaseFont/Song/Encoding/{encoding}/DescendantFonts[6 0 R]>>".encode(),
        f"<</Type/Font/Subtype/CIDFontType2/BaseFont/Song/CIDSystemInfo{system}/FontDescriptor 7 0 R>>".encode(),
        b"<</Type/FontDescriptor/FontName/Song/Flags 4/FontBBox[0 0 1000 1000]/Ascent 800/Descent -200>>",
    )


def lettered_pdf(encoding: str, ordering: str) -> bytes:
    """年 on a page, in a font that is not inside, by a character map that every reader is to know."""
    return pdf(*_paper(encoding, ordering))


def protected_pdf() -> bytes:
    """The same, kept by AES from being changed: it opens without a password."""
    owner, named, allowed = bytes(range(32)), b"0123456789abcdef", -44
    key = md5(_PADDING + owner + allowed.to_bytes(4, "little", signed=True) + named).digest()
    for _ in range(50):
        key = md5(key).digest()
    user = md5(_PADDING + named).digest()
    for turn in range(20):
        user = Arcfour(bytes(each ^ turn for each in key)).process(user)
    by = (
        f"<</Filter/Standard/V 4/R 4/Length 128/P {allowed}/O<{owner.hex()}>/U<{(user + bytes(16)).hex()}>"
        "/CF<</StdCF<</CFM/AESV2/AuthEvent/DocOpen/Length 16>>>>/StmF/StdCF/StrF/StdCF>>"
    )
    objects = (*_paper("UniGB-UCS2-H", "GB1"), by.encode())
    there = f"trailer<</ID[<{named.hex()}><{named.hex()}>]/Encrypt {len(objects)} 0 R".encode()
    return pdf(*objects).replace(b"trailer<<", there)
