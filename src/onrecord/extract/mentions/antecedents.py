"""Which earlier mention a pronoun points to: the nearest actor that it can be, subjects first."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable

from onrecord.extract.mentions.chains import Chains
from onrecord.extract.mentions.draft import Draft, Text
from onrecord.extract.mentions.pronouns import FIRST, PERSON, THING
from onrecord.extract.syntax import kids

LOOK_BACK = 4  # sentences: how far back an antecedent is sought; set by hand, not measured
# an actor that weighs this share of the best one leaves it open which is meant; chosen on the development half of the
# graded cases (tests/cases/coreference.tsv)
CLOSE = 0.85
OWN_CLAUSE = 1.6  # how much likelier a possessive is its own clause's subject's than its nearness says; set by hand
AFTERWARDS = frozenset({"after", "following", "despite", "amid"})
EMPTY_VERBS = frozenset({"be", "seem", "appear", "become", "remain", "take", "turn", "look", "prove"})
CLAUSES = frozenset({"ccomp", "xcomp", "csubj", "acl", "relcl"})
SUBJECTS = frozenset({"nsubj", "nsubjpass"})


def join_pronouns(chains: Chains, text: Text, quoted: tuple[bool, ...]) -> None:
    """Each pronoun with the nearest actor that it can be, subjects first."""
    recent: list[int] = []
    things = _thing_subjects(chains, text)
    for index, draft in enumerate(chains.drafts):
        if draft.kind != "pronoun":
            recent.append(index)
            continue
        word = draft.words[0]
        if word in FIRST or (word in THING and _is_empty(text, draft.head)):
            continue
        fits = _fitting(word, draft)
        rival = _last_before(things, draft.head) if word in THING else None
        target, unsure = _antecedent(chains, text, recent, index, fits, quoted, rival)
        if target is None:
            chains.note(index, "could be one of two" if unsure else "")
        else:
            chains.join(index, target, f"nearest actor that {word!r} can be")
            recent.append(index)


def _fitting(word: str, pronoun: Draft) -> Callable[[Draft], bool]:
    def is_person(draft: Draft) -> bool:
        if draft.actor_kind not in ("person", "role") or draft.plural:
            return False
        return not (draft.gender and pronoun.gender and draft.gender != pronoun.gender)

    def is_thing(draft: Draft) -> bool:
        return draft.actor_kind in ("state", "organisation") or (draft.actor_kind == "group" and not draft.plural)

    def is_many(draft: Draft) -> bool:
        return draft.plural or (draft.actor_kind in ("group", "organisation") and draft.sector != "JRN")

    return is_person if word in PERSON else is_thing if word in THING else is_many


def _antecedent(
    chains: Chains, text: Text, recent: list[int], index: int, fits: Callable[[Draft], bool], quoted: tuple[bool, ...],
    rival: int | None,
) -> tuple[int | None, bool]:  # fmt: skip
    """The best earlier mention in this sentence or those just before, the last in a tie; None if a thing fits better.
    None as well, and true, where another actor fits nearly as well.

    `rival` is the last token before that is the subject of a clause and no actor: "The plan failed. It …".
    """
    pronoun = chains.drafts[index]
    here = text.parsed.tokens[pronoun.head].sentence
    best, best_score, second = None, 0.0, 0.0
    if rival is not None:
        voice = quoted[rival] == quoted[pronoun.head]
        best_score = _weight(True, False, voice) / (1.0 + here - text.parsed.tokens[rival].sentence)
    owner = _own_subject(text, pronoun.head)
    for other in reversed(recent):
        draft = chains.drafts[other]
        distance = here - text.parsed.tokens[draft.head].sentence
        if distance > LOOK_BACK:
            break
        actual = chains.drafts[chains.root(other)] if draft.kind == "pronoun" else draft
        if not fits(actual) or draft.first >= pronoun.first or _is_same_clause_object(text, draft, pronoun):
            continue
        score = _prominence(text, draft, quoted[draft.head] == quoted[pronoun.head]) / (1.0 + distance)
        if draft.head == owner:
            score *= OWN_CLAUSE
        if score > best_score:
            if best is not None and chains.root(best) != chains.root(other):
                second = best_score
            best, best_score = other, score
        elif best is not None and score > second and chains.root(best) != chains.root(other):
            second = score
    unsure = best is not None and (second >= CLOSE * best_score or _follows_another(chains, text, pronoun, best, fits))
    return (None if unsure else best), unsure


def _own_subject(text: Text, pronoun: int) -> int | None:
    """The subject of the clause that a possessive stands in: "said that | the country | would keep its promise"."""
    if text.parsed.tokens[pronoun].dep != "poss":
        return None
    for above in text.parsed.ancestors(pronoun):
        subjects = kids(text.parsed, above, *SUBJECTS)
        if subjects:
            return subjects[-1] if subjects[-1] < pronoun else None
    return None


def _follows_another(chains: Chains, text: Text, pronoun: Draft, best: int, fits: Callable[[Draft], bool]) -> bool:
    """Whether another stands between the verb and an adjunct with a possessive: "cut Mali's aid after its coup"."""
    tokens = text.parsed.tokens
    way = list(text.parsed.ancestors(pronoun.head)) if tokens[pronoun.head].dep == "poss" else []
    prep = next((i for i in way if tokens[i].dep in ("prep", "advcl") and tokens[i].lower in AFTERWARDS), None)
    if prep is None or tokens[tokens[prep].head].pos != "VERB":
        return False
    between = range(tokens[prep].head, prep)
    drafts = (i for i, draft in enumerate(chains.drafts) if draft.head in between and draft.kind != "pronoun")
    return any(fits(chains.drafts[i]) and chains.root(i) != chains.root(best) for i in drafts)


def _prominence(text: Text, draft: Draft, same_voice: bool) -> float:
    """Subjects over others, names over nouns, the same side of a quotation mark over the other.

    The weights are set by hand and not calibrated: with equal distance a subject counts twice an object, and an actor
    across a quotation mark a little more than half of one on the pronoun's own side.
    """
    return _weight(text.parsed.tokens[draft.head].dep in SUBJECTS, draft.kind != "nominal", same_voice)


def _weight(subject: bool, named: bool, same_voice: bool) -> float:
    return (2.0 if subject else 1.0) * (1.2 if named else 1.0) * (1.0 if same_voice else 0.6)


def _thing_subjects(chains: Chains, text: Text) -> list[int]:
    """The subjects, in order, that one thing can be and no actor is, nor an actor's: not "NATO expansion"."""
    actors = {token for draft in chains.drafts for token in range(draft.first, draft.last)}
    return [
        token.i
        for token in text.parsed.tokens
        if token.dep in SUBJECTS and token.tag == "NN" and token.i not in actors
        and actors.isdisjoint(text.parsed.children[token.i])
    ]  # fmt: skip


def _last_before(things: list[int], token: int) -> int | None:
    at = bisect_left(things, token)
    return things[at - 1] if at else None


def _is_empty(text: Text, pronoun: int) -> bool:
    """As in "it is unclear whether", "it seems that", "it took two days to": the word points to nothing."""
    tokens, children = text.parsed.tokens, text.parsed.children
    verb = tokens[pronoun].head
    if tokens[pronoun].dep not in SUBJECTS or tokens[verb].lemma.lower() not in EMPTY_VERBS:
        return False
    below = [verb, *(child for child in children[verb] if tokens[child].dep in ("acomp", "attr", "dobj", "oprd"))]
    return any(tokens[child].dep in CLAUSES for token in below for child in children[token])


def _is_same_clause_object(text: Text, draft: Draft, pronoun: Draft) -> bool:
    """Subject and object of one verb are two: "Lavrov told him"."""
    tokens = text.parsed.tokens
    one, two = tokens[draft.head], tokens[pronoun.head]
    return one.head == two.head and two.dep in ("dobj", "dative", "pobj") and one.dep in SUBJECTS
