"""HTML of answers and documents: all words of the corpus pass through `escaped`, none is active."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from search_api.schemas import Page
from search_api.view.address import link_to
from search_api.view.languages import texts_in
from search_api.view.lines import source_line
from search_api.view.links import Link, hit_links, place_link
from search_api.view.markup import escaped, in_language, link, link_row, said_by_api
from search_api.view.names import kind_name
from search_api.view.page_picture import page_picture
from search_api.view.player import player
from search_api.view.words import expired_words, funding_facts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from search_api.schemas import CatalogueEntry, Document, Hit, Pin, SearchResponse, Verdict
    from search_api.view.address import Address
    from search_api.view.texts import Texts
    from search_api.view.words import Fact

HITS_AT_ONCE: Final = 5  # the rest is one tap away; a phone shows about one hit at a time
REACH: Final = 240  # characters shown on either side of the answer sentence


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A passage in three parts around its answer sentence; `shortened` if something was left out."""

    before: str
    sentence: str
    after: str
    shortened: bool = False


def excerpt(hit: Hit | Pin, reach: int | None = None) -> Excerpt:
    """The hit's passage around its highlight, cut at words `reach` characters away (None: whole)."""
    text, start = hit.text, min(max(hit.highlight.start, 0), len(hit.text))
    end = min(max(hit.highlight.end, start), len(text))
    before, after = text[:start], text[end:]
    if reach is None:
        return Excerpt(before, text[start:end], after)
    left, right = _last_words(before, reach), _first_words(after, reach)
    return Excerpt(left, text[start:end], right, shortened=(left, right) != (before, after))


def _last_words(text: str, reach: int) -> str:
    if len(text) <= reach:
        return text
    tail = text[-reach:]
    return f"… {tail.split(maxsplit=1)[-1]}" if re.search(r"\s\S", tail) else "… "


def _first_words(text: str, reach: int) -> str:
    if len(text) <= reach:
        return text
    head = text[:reach]
    return f"{head.rsplit(maxsplit=1)[0]} …" if re.search(r"\S\s", head) else " …"


def marked_passage(parts: Excerpt) -> str:
    """The passage with its answer sentence in `<mark>`."""
    sentence = f"<mark>{escaped(parts.sentence)}</mark>" if parts.sentence else ""
    return f"{escaped(parts.before)}{sentence}{escaped(parts.after)}"


def badge(texts: Texts, document: Document) -> str:
    """A warning for an expired document, else nothing."""
    words = expired_words(texts, document)
    return f'<span class="abgelaufen">{escaped(words)}</span>' if words else ""


def funding_list(texts: Texts, document: Document) -> str:
    """Amount, deadline and the like of a funding sheet, else nothing."""
    facts = funding_facts(texts, document.funding) if document.funding else ()
    rows = "".join(_row(texts, fact, document.language) for fact in facts)
    return f'<dl class="foerderung">{rows}</dl>' if rows else ""


def _row(texts: Texts, fact: Fact, tongue: str) -> str:
    value = in_language(texts, tongue if fact.quoted else texts.language, escaped(fact.value))
    return f"<dt>{escaped(fact.name)}</dt><dd>{value}</dd>"


def hit_card(hit: Hit, address: Address, files: str) -> str:
    """A hit: answer sentence, the passage around it, where it stands and the way there."""
    texts, near = texts_in(address.language), excerpt(hit, REACH)
    body = [
        _answer_sentence(hit, near),
        f'<p class="quelle">{source_line(texts, hit)} {badge(texts, hit.document)}</p>',
        _newer_version(texts, hit, address),
        _surroundings(texts, hit, near),
        _place_shown(texts, hit, files),
        _also_in(texts, hit, address),
        funding_list(texts, hit.document),
        link_row(hit_links(hit, address, files)),
    ]
    return f'<article class="treffer" data-rank="{hit.rank}">{"".join(body)}</article>'


def _answer_sentence(hit: Hit, near: Excerpt) -> str:
    """The sentence in large letters, marked where no passage follows in which it would be."""
    words = escaped(near.sentence) if _has_surroundings(near) else marked_passage(near)
    return f'<h2 class="antwortsatz"{_tongue(hit)}>{words}</h2>' if near.sentence else ""


def _has_surroundings(near: Excerpt) -> bool:
    return bool(near.before.strip() or near.after.strip())


def _surroundings(texts: Texts, hit: Hit, near: Excerpt) -> str:
    if not _has_surroundings(near):
        return ""
    shown = f'<div class="umfeld"{_tongue(hit)}>{marked_passage(near)}</div>'
    if not near.shortened:
        return shown
    whole = f'<div class="umfeld"{_tongue(hit)}>{marked_passage(excerpt(hit))}</div>'
    return f"{shown}<details><summary>{escaped(texts.whole_passage)}</summary>{whole}</details>"


def _place_shown(texts: Texts, hit: Hit, files: str) -> str:
    """The recording from this second on, or, folded and only then loaded, the page of the file."""
    picture = page_picture(texts, hit.document, hit, files, hit.highlight)
    if not isinstance(hit.location, Page) or not picture:
        return player(texts, hit.document, hit, files)
    words = texts.view_page.format(page=hit.location.label or hit.location.page)
    return f'<details class="ansicht"><summary>{escaped(words)}</summary>{picture}</details>'


def _tongue(hit: Hit) -> str:
    """The language of what the source says; what we say around it is in the page's."""
    return f' lang="{escaped(hit.document.language)}"'


def _newer_version(texts: Texts, hit: Hit, address: Address) -> str:
    newer = hit.newer_version
    if newer is None:
        return ""
    way = link(Link(link_to(replace(address, document=newer.document_id)), newer.title))
    words = f"{escaped(texts.newer_version)} {in_language(texts, hit.document.language, way)}"
    return f'<p class="neuer">{words}</p>'


def _also_in(texts: Texts, hit: Hit, address: Address) -> str:
    if not hit.also_in:
        return ""
    ways = ", ".join(link(place_link(place, address)) for place in hit.also_in)
    return f'<p class="auch">{escaped(texts.also_in)} {in_language(texts, hit.document.language, ways)}</p>'


def searched_too(texts: Texts, answer: SearchResponse) -> str:
    """What was searched for besides the words that were typed, else nothing."""
    words = [correction.meant for correction in answer.corrections]
    words += [meaning for expansion in answer.expansions for meaning in expansion.means]
    if not words:
        return ""
    listed = said_by_api(texts, ", ".join(dict.fromkeys(words)))
    return f'<p class="auch">{escaped(texts.searched_too)} {listed}</p>'


def verdict_box(texts: Texts, verdict: Verdict, *, narrowed: bool, contact: str | None = "") -> str:
    """The verdict in plain words; with `none` also what to do next (`narrowed`: filters are set).

    `contact` is whom to ask; empty: the office hours; None: nobody, for who sits in them.
    """
    words = f'<p class="urteil urteil-{verdict}" role="status">{escaped(texts.verdicts[verdict])}</p>'
    if verdict != "none":
        return words
    advice = [texts.advice_other_words, *([texts.advice_fewer_filters] if narrowed else [])]
    if contact is not None:
        advice.append(texts.advice_contact.format(contact=contact) if contact else texts.advice_office_hours)
    steps = "".join(f"<li>{escaped(step)}</li>" for step in advice)
    return f'{words}<p>{escaped(texts.what_you_can_do)}</p><ul class="rat">{steps}</ul>'


def notice(texts: Texts, headline: str, advice: str = "", *, told: str = "", command: str = "") -> str:
    """Something is not as it should be: what it is and what to do, with a command to type.

    `headline` and `advice` are the page's, `told` is the API's own sentence.
    """
    lines = [f"<b>{escaped(headline)}</b>", escaped(advice), told and said_by_api(texts, told)]
    lines.append(f"<code>{escaped(command)}</code>" if command else "")
    shown = "".join(f"<p>{line}</p>" for line in lines if line)
    return f'<div class="hinweis" role="alert">{shown}</div>'


def catalogue(texts: Texts, entries: Iterable[tuple[CatalogueEntry, Link]]) -> str:
    """All documents as a list, grouped by kind."""
    groups: dict[str, list[str]] = {}
    for entry, target in entries:
        title = f'<span lang="{escaped(entry.language)}">{link(target)}</span>'
        line = f"<li>{title} {badge(texts, entry)}</li>"
        groups.setdefault(kind_name(texts, entry.kind), []).append(line)
    return "".join(f"<h2>{escaped(kind)}</h2><ul>{''.join(lines)}</ul>" for kind, lines in groups.items())
