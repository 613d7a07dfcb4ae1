"""How alike two names are, 0 to 1: the one function behind joining persons and scoring name pairs.

Names are romanised, folded and compared word by word, each word of the shorter with its best partner, whatever the
order. What one name adds costs little where it is a title or particle, more where the other has a word of its own that
finds no partner: then the two names say different things.
"""

from __future__ import annotations

from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler

from onrecord.lexicon.actors import ActorBase
from onrecord.lexicon.spelling import fold_words, romanise, sound_key

# a word counts as found from this similarity on; below it two words are different names (Peskov, Lavrov: 0.33)
FOUND = 0.7
LONG_NAME = 10  # letters from which one edit in the whole name counts as a slip; set by hand
EXTRA = 0.2  # weight of letters that only one of two names adds ("Haqqani" in "Noor Mohammad Haqqani Saqib")


def name_score(one: str, other: str, actors: ActorBase) -> float:
    """How likely two names are meant to be one."""
    left, right = fold_words(romanise(one)), fold_words(romanise(other))
    if not left or not right:
        return float(one.strip() == other.strip() and bool(one.strip()))
    if left == right:
        return 1.0
    if "".join(left) == "".join(right) or sorted(left) == sorted(right):
        return 0.97
    return max(
        _aligned(_weighty(left, actors), _weighty(right, actors), actors), _as_one_word("".join(left), "".join(right))
    )


def _as_one_word(one: str, other: str) -> float:
    """The same letters with a space or two astray: "Nikolai Patr ushev", "FridrichBuchenberg"."""
    if not one.isascii() or not other.isascii():
        return 0.0
    edits = DamerauLevenshtein.distance(one, other)
    return 0.9 if edits <= 1 and min(len(one), len(other)) >= LONG_NAME else 0.0


def _weighty(words: tuple[str, ...], actors: ActorBase) -> tuple[str, ...]:
    return tuple(word for word in words if word not in actors.words["particle"]) or words


def _aligned(left: tuple[str, ...], right: tuple[str, ...], actors: ActorBase) -> float:
    """Pair words best first; score what was paired, less what stays alone on both sides."""
    pairs = sorted(
        ((word_score(a, b, actors), -abs(i - j), i, j) for i, a in enumerate(left) for j, b in enumerate(right)),
        reverse=True,
    )
    mine, theirs = set[int](), set[int]()
    total = 0.0
    weakest = 1.0
    for score, _, i, j in pairs:
        if i in mine or j in theirs or score < FOUND:
            continue
        mine.add(i)
        theirs.add(j)
        weakest = min(weakest, score)
        total += score * (len(left[i]) + len(right[j]))
    alone_left = sum(len(word) for i, word in enumerate(left) if i not in mine)
    alone_right = sum(len(word) for j, word in enumerate(right) if j not in theirs)
    if not mine:
        return 0.3 * JaroWinkler.similarity("".join(left), "".join(right))
    both = 2.0 * min(alone_left, alone_right)
    length = total + both + EXTRA * abs(alone_left - alone_right)
    return (total / length) * (0.5 + 0.5 * weakest) if length else 0.0


def word_score(one: str, other: str, actors: ActorBase) -> float:
    """How alike two folded words of names are: by letters, by sound, as short form or initial."""
    if one == other:
        return 1.0
    if other in actors.nicknames.get(one, ()) or one in actors.nicknames.get(other, ()):
        return 0.95
    if min(len(one), len(other)) == 1:
        return 0.85 if one[0] == other[0] else 0.0
    if sound_key(one) == sound_key(other):
        return 0.97
    if not (one.isascii() and other.isascii()):
        return 0.0  # in other scripts a syllable that differs is another name
    edits = DamerauLevenshtein.distance(one, other)
    longest = max(len(one), len(other))
    if edits == 1 and longest > 4 and one.isascii():
        return 0.93
    return 1.0 - edits / longest
