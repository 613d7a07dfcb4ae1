"""What an amount counts: the noun it stands with, or what befell those who are counted ("14,000 people were killed").

The unit of a count is the plural of its noun, or the fate its verb tells ("killed"), never both.
"""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.extract.syntax import kids, phrase_tokens
from onrecord.lexicon.units import Units
from onrecord.model.offsets import Span
from onrecord.model.parsed import Parsed, Token

LONGEST_WHAT = 14  # tokens: enough for "troops sent to the border since spring", short of a whole sentence
UNHAPPY = frozenset({"die", "perish", "drown", "vanish", "disappear"})  # whose subject is counted, not the object
IRREGULAR = {
    "man": "men", "woman": "women", "child": "children", "person": "people", "serviceman": "servicemen", "foot": "feet",
    "policeman": "policemen", "gunman": "gunmen", "fisherman": "fishermen", "life": "lives", "aircraft": "aircraft",
    "staff": "staff", "police": "police", "people": "people", "personnel": "personnel", "spacecraft": "spacecraft",
}  # fmt: skip
MEASURING = frozenset(
    {"reach", "total", "hit", "exceed", "weigh", "measure", "cover", "average", "number", "equal", "top"}
)
CROWDS = frozenset({"force", "army", "crowd", "garrison", "contingent", "group", "team", "unit", "population"})
LOSING = frozenset({"claim", "cost", "lose", "take"})
BEFORE_WHAT = frozenset({"+", "-", "–", "odd", "plus", "more", "other", "another", "additional"})
NOMINAL = frozenset({"NOUN", "PROPN"})


@dataclass(frozen=True, slots=True)
class Counted:
    """The unit of a count ("" where none is told), the words for what is counted, and their span."""

    unit: str = ""
    what: str = ""
    span: Span | None = None


def find_counted(parsed: Parsed, first: int, last: int, measured: bool, units: Units) -> Counted:
    """What tokens [first, last), an amount, count or measure."""
    if not measured and fate_after(parsed, last, units):  # "3 killed", "15 dead"
        return Counted(fate_after(parsed, last, units), parsed.tokens[last].text, parsed.span(last, last + 1))
    head = _counted_noun(parsed, first, last, measured)
    if head is not None:
        span = _what_span(parsed, head, last)
        what = parsed.words(span) if span is not None else ""
        fate = "" if measured else _fate_of_all(parsed, first, last, head, units)
        return Counted("" if measured else fate or _unit(parsed, head, last, units), what, span)
    top = _top(parsed, first, last)
    if measured:
        span = _purpose_span(parsed, last) or _measured_span(parsed, top)
        return Counted("", parsed.words(span) if span is not None else "", span)
    return _bare(parsed, top, units)


def fate_after(parsed: Parsed, last: int, units: Units) -> str:
    """The fate that the very next word tells, in the clipped manner of headings ("14 Killed", "dozens dead")."""
    if last >= len(parsed.tokens):
        return ""
    token = parsed.tokens[last]
    word = token.lower
    if token.pos == "NOUN" and token.tag == "NNS":
        return ""  # "40 injuries" is an ordinary count
    stems = (word[:-2], word[:-1]) if word.endswith("ed") else ()
    verbs = [units.fate_verbs[stem] for stem in stems if stem in units.fate_verbs]
    return verbs[0] if verbs else units.fate_nouns.get(word, "")


def _bare(parsed: Parsed, top: int, units: Units) -> Counted:
    """What a number without a noun counts: by its verb, or as people by a word such as "crowd"."""
    token = parsed.tokens[top]
    fate = _fate(parsed, top, units) or _toll(parsed, top, units)
    if fate:
        return Counted(fate)
    owner = parsed.tokens[parsed.tokens[token.head].head]
    if token.dep == "pobj" and parsed.tokens[token.head].lower == "of" and owner.lemma.lower() in CROWDS:
        return Counted("people", owner.text, parsed.span(owner.i, owner.i + 1))
    after = parsed.tokens[top + 1 : top + 3]
    if len(after) == 2 and after[0].text in {"-", "–", "‑"} and after[1].lower == "strong":
        return Counted("people", after[1].text, parsed.span(after[1].i, after[1].i + 1))
    return Counted()


def _clause(parsed: Parsed, index: int) -> int | None:
    """The verb that an amount belongs to: its object, what it is, or what it went "to" or "by"."""
    tokens = parsed.tokens
    token = tokens[index]
    if token.dep == "pobj" and tokens[token.head].lower in {"to", "by", "at", "from", "of"}:
        token = tokens[token.head]
    verb = tokens[token.head]
    roles = {"dobj", "attr", "npadvmod", "prep", "oprd", "acomp", "dep"}
    return verb.i if token.dep in roles and verb.pos in {"VERB", "AUX"} and verb.i != token.i else None


def _measured_span(parsed: Parsed, top: int) -> Span | None:
    """The subject of which a measure is told ("Output fell by 200,000 barrels")."""
    verb = _clause(parsed, top)
    if verb is not None and parsed.tokens[top].dep == "dobj" and parsed.tokens[verb].lemma not in MEASURING:
        return None
    subjects = kids(parsed, verb, "nsubj", "nsubjpass") if verb is not None else []
    if not subjects or parsed.tokens[subjects[0]].pos not in NOMINAL:
        return None
    first, end = phrase_tokens(parsed, subjects[0])
    return parsed.span(first, min(end, first + LONGEST_WHAT))


def _toll(parsed: Parsed, top: int, units: Units) -> str:
    """The fate that the words about a bare number tell ("the toll rose to 1,015", "40 went missing")."""
    tokens = parsed.tokens
    verb = _clause(parsed, top)
    if verb is not None:
        beside = kids(parsed, verb, "nsubj", "dobj")
    elif tokens[top].dep == "nsubj":
        beside = kids(parsed, tokens[top].head, "acomp", "attr", "oprd")
    else:
        beside = []
    return next((units.fate_nouns[tokens[i].lower] for i in beside if tokens[i].lower in units.fate_nouns), "")


def _purpose_span(parsed: Parsed, last: int) -> Span | None:
    """What a sum is for, where a verb tells it right after ("$ 5m to rebuild the port")."""
    tokens = parsed.tokens
    if last + 1 >= len(tokens) or tokens[last].lower != "to" or tokens[last].sentence != tokens[last + 1].sentence:
        return None
    if tokens[last + 1].pos != "VERB":
        return None
    below = [i for i in parsed.subtree(last + 1) if last < i < last + LONGEST_WHAT]
    end = next((i for i in range(last + 1, below[-1] + 1) if tokens[i].pos == "PUNCT" or i not in below), below[-1] + 1)
    return parsed.span(last + 1, end)


def _top(parsed: Parsed, first: int, last: int) -> int:
    """The token of the amount that the others hang on."""
    inside = range(first, last)
    tokens = parsed.tokens
    return next((i for i in reversed(inside) if tokens[i].head not in inside or tokens[i].head == i), last - 1)


def _counted_noun(parsed: Parsed, first: int, last: int, measured: bool) -> int | None:
    """The noun an amount stands with: "troops" of "100,000 troops", "aid" of "$ 5m in aid", "them" left out."""
    tokens = parsed.tokens
    top = tokens[_top(parsed, first, last)]
    sentence = parsed.sentences[top.sentence]
    for preposition in (*kids(parsed, top.i, "prep"), *([last] if last < sentence.last else [])):
        if preposition >= last and tokens[preposition].lower in {"of", "in", "for", "worth"}:
            objects = [i for i in kids(parsed, preposition, "pobj") if tokens[i].pos in NOMINAL]
            if objects and (tokens[preposition].lower == "of" or measured) and tokens[objects[0]].tag not in {"CD"}:
                return objects[0]
    if (
        top.dep in {"nummod", "quantmod", "compound", "amod", "nmod", "npadvmod", "appos"}
        and not first <= top.head < last
    ):
        head = tokens[top.head]
        if head.pos == "ADJ" and head.head > head.i:
            head = tokens[head.head]
        if head.i >= last and head.pos in NOMINAL and head.sentence == top.sentence:
            return head.i
    return _next_noun(parsed, last, sentence.last) if not measured else None


def _next_noun(parsed: Parsed, last: int, end: int) -> int | None:
    """The last noun of a run of modifiers and nouns right after the amount, for where the tree is of no help."""
    tokens, found = parsed.tokens, None
    for index in range(last, min(end, last + 5)):
        token = tokens[index]
        if token.pos == "NOUN" or (token.pos == "PROPN" and found is None):
            found = index if token.pos == "NOUN" else found
        elif token.pos == "ADJ" and found is None:
            continue
        else:
            break
    return found


def _unit(parsed: Parsed, head: int, last: int, units: Units) -> str:
    """The fate told of those counted, or the plural of their noun with the nouns that make one word with it."""
    noun = parsed.tokens[head]
    fate = units.fate_nouns.get(noun.lower) or units.fate_nouns.get(noun.lemma.lower()) or _fate(parsed, head, units)
    fate = fate or _state_beside(parsed, head, units)
    if fate:
        return fate
    plural = plural_of(noun)
    if plural in units.people:
        return plural
    beside = [parsed.tokens[i] for i in kids(parsed, head, "compound") if i >= last]
    modifiers = [token.lower for token in beside if token.tag in {"NN", "NNS"}]
    return " ".join([*modifiers[-1:], plural])


def _state_beside(parsed: Parsed, head: int, units: Units) -> str:
    """The fate told by an adjective of those counted: "nine soldiers dead", "120 miners are missing"."""
    tokens, verb = parsed.tokens, parsed.tokens[parsed.tokens[head].head]
    after = [head + 1] if head + 1 < len(tokens) else []
    subject = tokens[head].dep in {"nsubj", "nsubjpass"}
    said = kids(parsed, verb.i, "acomp", "oprd", "advmod") if subject or tokens[head].dep == "dobj" else []
    itself = [verb.i] if subject and verb.pos == "VERB" else []  # "are missing", which the parser takes for a verb
    return next(
        (units.fate_nouns[tokens[i].lower] for i in (*after, *said, *itself) if _is_state(tokens[i], units)), ""
    )


def _fate_of_all(parsed: Parsed, first: int, last: int, head: int, units: Units) -> str:
    """The fate of an amount whose noun hangs on it ("hundreds of people were displaced"), or of lives lost."""
    top = _top(parsed, first, last)
    verb = parsed.tokens[parsed.tokens[head].head]
    if parsed.tokens[head].lower == "lives" and verb.lemma in LOSING:
        return units.fate_verbs["kill"]
    return _fate(parsed, top, units) if parsed.tokens[head].dep == "pobj" else ""


def _is_state(token: Token, units: Units) -> bool:
    return token.lower in units.fate_nouns and token.pos in {"ADJ", "VERB"}


def plural_of(noun: Token) -> str:
    """The plural of a counted noun, in small letters; a plural stays as it stands."""
    word = noun.lower
    if noun.tag in {"NNS", "NNPS"}:
        return word
    if word in IRREGULAR or word in IRREGULAR.values():
        return IRREGULAR.get(word, word)
    if word.endswith(("s", "x", "ch", "sh", "z")):
        return word if word.endswith("s") and noun.tag == "NNP" else word + "es"
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    return word + "s"


def _fate(parsed: Parsed, counted: int, units: Units) -> str:
    """The unit that the verb about a counted token tells: "40 were wounded", "killing 40", "40 people killed"."""
    tokens = parsed.tokens
    for child in kids(parsed, counted, "acl"):
        if tokens[child].tag == "VBN" and tokens[child].lemma in units.fate_verbs:
            return units.fate_verbs[tokens[child].lemma]
    token = tokens[counted]
    while token.dep == "conj" and tokens[token.head].pos in {"NOUN", "NUM", "PROPN"} and token.head != token.i:
        token = tokens[token.head]
    verb = tokens[token.head]
    fate = units.fate_verbs.get(verb.lemma, "")
    subject = token.dep == "nsubj" and (verb.lemma in UNHAPPY or verb.tag == "VBN")
    if fate and (token.dep in {"nsubjpass", "dobj"} or subject) and (token.dep != "dobj" or verb.lemma not in UNHAPPY):
        return fate
    return units.fate_nouns.get(verb.lower, "") if verb.pos == "ADJ" else ""


def _what_span(parsed: Parsed, head: int, last: int) -> Span | None:
    """The noun phrase after the amount, with what a participle adds to it ("troops sent to the border")."""
    first, end = phrase_tokens(parsed, head)
    first = max(first, last) if first <= last <= head else first
    while first < head and parsed.tokens[first].lower in BEFORE_WHAT:
        first += 1
    for child in kids(parsed, head, "acl"):
        below = parsed.subtree(child)
        if below[0] == end and below[-1] - below[0] + 1 == len(below):
            end = below[-1] + 1
    end = min(end, first + LONGEST_WHAT)
    while end - 1 > first and parsed.tokens[end - 1].pos in {"PUNCT", "ADP", "CCONJ", "DET"}:
        end -= 1
    return parsed.span(first, end) if first < end else None
