"""By what the trained tagger judges whether a word is a cue: its words, what it governs, quotations, and the rules.

A sign is a short string; training and use build them with the same code, so a change here asks for new weights.
"""

from __future__ import annotations

from onrecord.extract.statements.evidence import NOBODY, Evidence, clause_lead, frame, noun_class

OPEN_CLASSES = frozenset({"VERB", "NOUN", "ADJ"})
LEADS = frozenset({"according", "per", "by", "for", "against", "to", "as"})
QUOTE_REACH = 15  # tokens from a word to a quotation that it may govern
MAX_ABOVE = 4  # heads above a word that are looked at


def may_be_cue(evidence: Evidence, index: int) -> bool:
    """Whether a token is worth judging: verbs, nouns, adjectives, some prepositions, colons, the rules' cues."""
    token = evidence.parsed.tokens[index]
    if evidence.in_cue[index] != NOBODY or token.pos in OPEN_CLASSES:
        return True
    if token.pos == "AUX":
        return token.dep not in ("aux", "auxpass")
    return token.text == ":" or (token.pos in ("ADP", "SCONJ") and evidence.lower[index] in LEADS)


def cue_signs(evidence: Evidence, index: int) -> list[str]:
    """All signs of one token."""
    entry = evidence.entry[index] or "-"
    return [
        *_words(evidence, index),
        *_government(evidence, index, entry),
        *_partners(evidence, index, entry),
        *_quotations(evidence, index, entry),
        *_rules(evidence, index, entry),
        *_above(evidence, index, entry),
    ]


def _words(evidence: Evidence, index: int) -> list[str]:
    tokens, lower = evidence.parsed.tokens, evidence.lower
    token, lemma = tokens[index], evidence.lemma[index]
    head = tokens[token.head]
    last = index + 1 >= len(tokens)
    before, after = lower[index - 1] if index else "^", "$" if last else lower[index + 1]
    second = lower[index + 2] if index + 2 < len(tokens) else "$"
    tags = f"{tokens[index - 1].tag if index else '^'} {'$' if last else tokens[index + 1].tag}"
    above = "ROOT" if token.head == index else evidence.lemma[token.head]
    return [
        "any",
        f"lemma={lemma}",
        f"word={lower[index]}",
        f"tag={token.tag}",
        f"dep={token.dep}",
        f"pos={token.pos}",
        f"end={lemma[-3:]}",
        f"dep+tag={token.dep} {token.tag}",
        f"above={above} {token.dep}",
        f"abovepos={head.pos} {token.dep}",
        f"before={before}",
        f"after={after}",
        f"lemma+after={lemma} {after}",
        f"before+lemma={before} {lemma}",
        f"tags={tags}",
        f"after2={after} {second}",
        f"lemma+after2={lemma} {after} {second}",
    ]


def _government(evidence: Evidence, index: int, entry: str) -> list[str]:
    lemma, pos = evidence.lemma[index], evidence.parsed.tokens[index].pos
    before, after = frame(evidence, index)
    found = [f"has<{name}" for name in before]
    for name in after:
        found += (f"has>{name}", f"lemma+has>{lemma} {name}", f"entry+has>{entry} {name}")
    whole = f"{','.join(before)}|{','.join(after)}"
    core = ",".join(name for name in after if not name.startswith("p:"))
    return [*found, f"frame={whole} {pos}", f"lemma+frame={lemma} {whole}", f"core={core}", f"entry={entry}"]


def _partners(evidence: Evidence, index: int, entry: str) -> list[str]:
    """Subjects, objects and phrases by their nouns; auxiliaries and adverbs by their words."""
    parsed, lemma, lower = evidence.parsed, evidence.lemma, evidence.lower
    found: list[str] = []
    for child in parsed.children[index]:
        dep = parsed.tokens[child].dep
        if dep in ("nsubj", "nsubjpass", "agent", "poss"):
            kind = noun_class(evidence, child)
            found += (f"subject={dep} {kind}", f"entry+subject={entry} {kind}", f"who={lemma[child]}")
        elif dep in ("dobj", "attr", "acomp"):
            found += (f"lemma+object={lemma[index]} {lemma[child]}", f"object={lemma[child]}")
            found.append(f"entry+object={entry} {noun_class(evidence, child)}")
            found += _under_object(evidence, child)
        elif dep == "prep":
            found += [
                f"entry+phrase={entry} {lower[child]} {noun_class(evidence, noun)}"
                for noun in parsed.children[child][:1]
            ]
        elif dep in ("aux", "neg", "auxpass", "advmod"):
            found += (f"aux={lower[child]}", f"entry+aux={entry} {lower[child]}")
    return found


def _under_object(evidence: Evidence, noun: int) -> list[str]:
    found: list[str] = []
    for child in evidence.parsed.children[noun]:
        dep = evidence.parsed.tokens[child].dep
        if dep in ("acl", "prep", "relcl", "ccomp"):
            lead = evidence.lower[child] if dep == "prep" else clause_lead(evidence, child)
            found += (f"object>{dep} {lead}", f"object+>{evidence.lemma[noun]} {dep} {lead}")
    return found


def _quotations(evidence: Evidence, index: int, entry: str) -> list[str]:
    """Whether a word stands in a quotation, and how near one is before and after it in its sentence."""
    inside, parsed = evidence.marked.inside, evidence.parsed
    number = inside[index]
    if number is not None:
        words = min(evidence.marked.quotes[number].words // 4, 5)
        return ["quoted", f"quoted={words}", f"entry+quoted={entry}"]
    sentence = parsed.sentences[parsed.tokens[index].sentence]
    before = after = 0
    for at in range(index - 1, max(sentence.first - 2, index - QUOTE_REACH - 1, -1), -1):
        if inside[at] is not None:
            before = index - at
            break
    for at in range(index + 1, min(sentence.last + 1, index + QUOTE_REACH + 1, len(inside))):
        if inside[at] is not None:
            after = at - index
            break
    found = ["own", f"quote<{min(before, 8)}", f"quote>{min(after, 8)}"]
    found.append(f"quotes={min(before, 4)} {min(after, 4)} {entry[:2]}")
    return [*found, f"lemma+quote={evidence.lemma[index]}", f"entry+quote={entry}"] if before or after else found


def _rules(evidence: Evidence, index: int, entry: str) -> list[str]:
    """What the rules make of a word: a cue, of what kind, or part of a content or a source."""
    found = [f"depth={min(evidence.depth[index], 2)}"]
    number = evidence.in_cue[index]
    if number == NOBODY:
        found.append(f"no rule={entry}")
    else:
        found += _as_cue(evidence, index, number, entry)
    holder = evidence.in_content[index]
    if holder != NOBODY:
        one = evidence.rules[holder]
        kind = f"{one.direct:d}{one.bare:d}{one.cue.register if one.cue else '-'}"
        found += (f"in={kind}", f"entry+in={kind} {entry}")
        if one.cue:
            found.append(f"in+lemma={evidence.lemma[one.cue.token]}")
    if evidence.in_source[index] != NOBODY:
        found += ("in source", f"entry+in source={entry}")
    return found


def _as_cue(evidence: Evidence, index: int, number: int, entry: str) -> list[str]:
    one, token = evidence.rules[number], evidence.parsed.tokens[index]
    if one.cue is None:
        return []
    inner = "inner" if evidence.is_inner[number] else "outer"
    register = one.cue.register if one.cue.verb else "-"
    kind = f"{one.direct:d}{one.bare:d}{register}{inner}"
    length = min(sum(map(len, one.content)) // 25, 6)
    found = [
        "rule",
        f"rule={one.cue.token == index:d}{kind}",
        f"rule sourced={one.source is not None:d}{kind}",
        f"rule+lemma={evidence.lemma[index]} {inner}",
        f"rule+dep={token.dep} {token.tag} {inner}",
        f"rule+bare={one.bare:d}{entry}",
        f"rule length={length}",
        f"rule fronted={one.content[0].start < one.cue.span.start:d}",
    ]
    if one.source is not None:
        who = noun_class(evidence, one.source.head)
        found += (f"rule source={who}", f"rule+source={who} {entry} {one.bare:d}")
        found.append(f"rule who={evidence.lemma[one.source.head]}")
    return found


def _above(evidence: Evidence, index: int, entry: str) -> list[str]:
    """The words that a word hangs on, and where in the report it stands."""
    tokens, parsed = evidence.parsed.tokens, evidence.parsed
    dep, head = tokens[index].dep, tokens[index].head
    found: list[str] = []
    for step, above in enumerate(parsed.ancestors(index)):
        if step == MAX_ABOVE:
            break
        if evidence.entry[above]:
            found += (f"cue above={step} {evidence.entry[above]}", f"dep+cue above={dep} {evidence.entry[above][:2]}")
            break
    if head != index:
        found.append(f"head entry={dep} {evidence.entry[head] or '-'}")
        found.append(f"head rule={evidence.in_cue[head] != NOBODY:d} {dep}")
        found.append(f"dep+dep={dep} {tokens[head].dep}")
    sentence = parsed.sentences[tokens[index].sentence]
    if sentence.part != "body":
        found += (f"part={sentence.part}", f"entry+part={sentence.part} {entry}")
    found.append(f"first={index == sentence.first:d} {entry}")
    return found
