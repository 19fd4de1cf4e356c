"""German compounds taken apart: "Reiserücktrittsversicherung" is about Reise, Rücktritt and Versicherung.

A compound is one word in German and several in the question of somebody who does not know it
("Versicherung für die Reise"). It is cut where every part is a noun of the dictionary or a stem of the
tables below. Cutting by n-gram statistics (`compound-split`) was as good for the search, but takes 320 MB
and is under the GPL.
"""

from __future__ import annotations

from functools import cache, lru_cache

from index.dictionary import is_noun
from index.folding import fold

_SHORTEST_COMPOUND = 7  # letters; "Busfahrt" has 8, "Tagebau" 7
_SHORTEST_PART = 4  # letters; shorter ones give "Komi-Tee", unless the table below knows them
_LINKS = ("", "s", "es", "n", "en")  # linking elements that are no case ending of the first part

# Short words that do build compounds. Others of three letters hide in too many words.
_SHORT_PARTS = frozenset(
    """
    abo akt amt arm arzt art bad bahn ball bau berg bett bild boot brot buch bus dorf eis ende erbe
    eu ehe fahr fest film flug form geld gut haus heim herz hof holz hund kfz kind kita kur land lkw
    lohn los mai mut öl ohr ort park pfad pkw post rad rat raum recht rede ruf saal see sohn spiel
    tag tal tanz tat team teil text tier tod ton tor tür uhr wald weg wein wert wohn zeit ziel zoll zug
    """.split()
)
# Stems of verbs and adjectives that stand first in compounds of this field and of everyday life.
_FIRST_ONLY = frozenset(
    """
    abhol anmelde aufnahme ausfüll back bade bastel bau beitritts bezugs brenn dank ehren einkauf
    einzel erst essen fahr fern fernseh flieg förder frei fremd früh führ gast geh gemein gesamt groß
    grund halte haupt heiz hoch höchst jung kauf klein koch kommunal kurz lade lang lauf lehr leih lern lese
    mehr melde miet mindest nah neu not park pflege pauschal plan privat prüf putz rechts reise ruhe sammel
    schlaf schnell schreib schutz schwimm sonder spar speise spiel sprach sprech stamm steh tank teil
    trag trink turn voll wander warn warte wasch wehr wohn zahl zeichen zelt ziel
    """.split()
)
# Nouns that are far more often an ending or a beginning of some other word.
_NEVER_LAST = frozenset(
    """
    schaft heit keit tum nis ung ion ierung igung erung ichkeit ungen schaften ende enden innen
    isch iker ismus ität lich sam bar haft lein chen ling linge ern eren erin esse essen eise reich
    teil teils teile orden eil losen loser loses ration rinnen seite seits weise
    """.split()
)
_NEVER_FIRST = frozenset(
    """
    unter über nach neben gegen hinter ober vorder zwischen wider ander anders aus ein einer eine
    miss muss kann sind dass durch gene einge inne innen voll ver ent emp zer beige verb vere erre gest
    vers verse geste bein beine anti
    """.split()
)


@lru_cache(maxsize=100_000)  # more word forms than a corpus of our size has
def split_compound(word: str) -> tuple[str, ...]:
    """Return the parts of a folded compound, its parts' parts included; none if it is no compound.

    Few and long parts win: "haftpflichtversicherung" gives haftpflicht and versicherung, then
    haft and pflicht. The linking s is dropped where the part is a word without it.
    """
    if len(word) < _SHORTEST_COMPOUND or not word.isalpha():
        return ()
    best: tuple[str, ...] = ()
    for at in range(len(word) - 3, 2, -1):
        head = word[at:]
        if not _may_end(head):
            continue
        modifier = _without_link(word[:at])
        if modifier is not None and (not best or _worth(modifier, head) > _worth(*best)):
            best = (modifier, head)
    deeper = (part for each in best for part in split_compound(each))
    return tuple(dict.fromkeys((*best, *deeper)))


def _worth(modifier: str, head: str) -> tuple[int, int]:
    """Return what makes one cut better than another: no part that is a mere guess, then balance."""
    known = is_noun(modifier) + is_noun(head)
    return known, min(len(modifier), len(head))


def _may_end(part: str) -> bool:
    if part in _folded_never_last():
        return False
    return _is_noun(part) or bool(len(part) >= _SHORTEST_COMPOUND and split_compound(part))


def _without_link(part: str) -> str | None:
    """Return the word that stands in front, without its linking element; None if it is none."""
    if part in _folded_never_first():
        return None
    for link in _LINKS:
        bare = part.removesuffix(link) if link else part
        if (link and bare == part) or bare in _folded_never_first():
            continue
        if _is_noun(bare) or bare in _folded_first_only():
            return bare
    for link in ("", "s"):
        bare = part.removesuffix(link) if link else part
        if len(bare) >= _SHORTEST_COMPOUND and split_compound(bare):
            return bare
    return None


def _is_noun(part: str) -> bool:
    if len(part) < _SHORTEST_PART:
        return part in _folded_short()
    return is_noun(part)


@cache
def _folded_short() -> frozenset[str]:
    return frozenset(map(fold, _SHORT_PARTS))


@cache
def _folded_first_only() -> frozenset[str]:
    return frozenset(map(fold, _FIRST_ONLY))


@cache
def _folded_never_last() -> frozenset[str]:
    return frozenset(map(fold, _NEVER_LAST))


@cache
def _folded_never_first() -> frozenset[str]:
    return frozenset(map(fold, _NEVER_FIRST))
