"""Where German sentences end: spans for highlighting and the break points of long passages."""

from __future__ import annotations

import re

from index.passage import Span

# After these a full stop ends no sentence. Parts of "z. B." and "d. h." are single letters.
_ABBREVIATIONS = """
    Abb Abs Abschn Art Aufl Az Bd bzw ca Co Dr Dres eigtl einschl etc evtl exkl gem ggf ggfs Hrsg
    i.d.R inkl insb insbes Jh Kap lit max Mio Mrd min mind Nr Nrn Prof Rn S Satz Sog sog St Std Str
    Tel tgl u.a usw v.a vgl Ziff z.B zzgl Hr Fr Jan Feb Apr Aug Sept Okt Nov Dez
""".split()
_NOT_AFTER = "".join(rf"(?<!\b{re.escape(word)}\.)" for word in _ABBREVIATIONS)
_NO_LETTER = r"(?<!\b[A-Za-z]\.)"  # initials and "z. B."
_NO_ORDINAL = r"(?<!\b\d\.)(?<!\b\d\d\.)"  # "am 3. Mai"; a sentence seldom ends in one or two digits
_END = r"(?:(?<=[.!?…])|(?<=[.!?…][\"”“«»)\]]))"
_START = r"(?=[\"„“»«(\[–—-]?\s?[A-ZÄÖÜÀ-Þ0-9§])"

SENTENCE_BREAK = rf"{_END}{_NOT_AFTER}{_NO_LETTER}{_NO_ORDINAL}[^\S\n]+{_START}"
_BREAK = re.compile(rf"{SENTENCE_BREAK}|\s*\n\s*")
_LETTER = re.compile(r"[^\W\d_]")


def sentence_spans(text: str) -> tuple[Span, ...]:
    """Return the sentences of a text in order, without the blanks between them.

    Lines end sentences too (list entries, table rows). A stretch without letters joins the next
    sentence, or the last one, so that no span is a bare number; at least one span is returned.
    """
    spans: list[Span] = []
    start = len(text) - len(text.lstrip())
    for end, following in [*((m.start(), m.end()) for m in _BREAK.finditer(text)), (len(text.rstrip()), 0)]:
        if start < end and _LETTER.search(text, start, end):
            spans.append(Span(start, end))
            start = following
    if start and spans and start < len(text.rstrip()):
        spans[-1] = Span(spans[-1].start, len(text.rstrip()))
    return tuple(spans) or (Span(0, len(text)),)
