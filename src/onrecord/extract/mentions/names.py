"""Named actors: forms of the actor base, and what the recogniser calls a person or an organisation.

A listed name wins over a guess of the same stretch, a longer guess over a listed name inside it. A capital is an actor
only where it acts; after "in", "near" or "fly to" it is a place.
"""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.extract.mentions.draft import Draft, Match, Text, is_other_people
from onrecord.extract.mentions.guesses import NAME_POS, Guess, find_guesses, is_full
from onrecord.extract.mentions.metonyms import acts, is_side_of_phrase
from onrecord.extract.mentions.sectors import represented_sector
from onrecord.extract.mentions.things import find_things, holds_body
from onrecord.extract.mentions.titles import Title, read_title
from onrecord.lexicon.actors import BODY_CODES, ActorBase, ActorRow, Sense
from onrecord.lexicon.cues import Cues
from onrecord.lexicon.furniture import Furniture
from onrecord.lexicon.places import Gazetteer
from onrecord.lexicon.spelling import fold_name, fold_words
from onrecord.lexicon.terms import LAYERS

# "the Korean peninsula" is no land of one state
SAINTS = frozenset({("st",), ("saint",), ("santo",), ("san",)})
LANDS = frozenset({("peninsula",), ("subcontinent",), ("ocean",)})


def find_names(text: Text, actors: ActorBase, places: Gazetteer, cues: Cues, furniture: Furniture) -> tuple[Draft, ...]:
    """All named actors of a report, in order, without overlap."""
    guesses = find_guesses(text, actors, places, cues, furniture)
    taken = [False] * len(text.parsed.tokens)
    drafts: list[Draft] = []
    for draft in sorted(_candidates(text, guesses, actors), key=lambda d: (d.first - d.last, d.first)):
        if not any(taken[draft.first : draft.last]):
            taken[draft.first : draft.last] = [True] * (draft.last - draft.first)
            drafts.append(draft)
    return tuple(sorted((draft for draft in drafts if draft.actor_kind != "role"), key=lambda d: d.first))


def _candidates(text: Text, guesses: tuple[Guess, ...], actors: ActorBase) -> Iterator[Draft]:
    """Listed names and guesses; a stretch that is neither comes as kind "role", to hold its place."""
    people = {
        text.folded(guess.first, guess.last)[-1] for guess in guesses if guess.label == "PERSON" and is_full(guess)
    }
    for match in text.matches:
        draft = _listed(text, match, actors, people)
        if draft is not None:
            yield draft
    exact = {(match.first, match.last) for match in text.matches}
    titles = _title_tokens(text, guesses, actors)
    things = find_things(text, guesses)
    for guess in guesses:
        if guess.label != "PERSON" and (guess.last - 1 in titles or _is_plural_role(text, guess, actors)):
            continue
        if (guess.first, guess.last) in exact and not _is_person_here(text, guess, people):
            continue
        if text.surface(guess.first, guess.last) not in things:
            yield _guessed(text, guess, actors)
        elif not holds_body(text, guess):
            yield _blank(guess)


def _title_tokens(text: Text, guesses: tuple[Guess, ...], actors: ActorBase) -> set[int]:
    """The tokens of roles before people's names: "State" of "Secretary of State Antony Blinken" is no organisation."""
    found: set[int] = set()
    for guess in guesses:
        if guess.label == "PERSON":
            title = read_title(text, guess.first, actors)
            start = title.owner.last if title.owner is not None else title.first
            found.update(range(start, guess.first) if title.role is not None else ())
    return found


def _is_plural_role(text: Text, guess: Guess, actors: ActorBase) -> bool:
    """As in "G7 Foreign Ministers": people by their role, not a name."""
    token = text.parsed.tokens[guess.last - 1]
    noun = actors.nouns.get(token.lower.removesuffix("s"))
    return noun is not None and noun.kind == "person" and token.lower.endswith("s")


def _is_person_here(text: Text, guess: Guess, people: set[str]) -> bool:
    """Jordan, Chad, Georgia: a listed form is a person's name where the report has a person of that last name."""
    return guess.label == "PERSON" and not is_full(guess) and text.folded(guess.first, guess.last)[-1] in people


def _guessed(text: Text, guess: Guess, actors: ActorBase) -> Draft:
    if guess.label == "PERSON":
        return _person(text, guess.first, guess.last, None, actors)
    if guess.label == "ORG":
        return _organisation(text, guess, actors)
    return _blank(guess)


def _blank(guess: Guess) -> Draft:
    """A place, work or event by name: no actor, but what stands inside it is none either."""
    return Draft(guess.first, guess.last, guess.last - 1, "name", "role", "", ())


def _listed(text: Text, match: Match, actors: ActorBase, people: set[str]) -> Draft | None:
    """A listed form as an actor, or None where it is written or placed like something else."""
    tokens = text.parsed.tokens
    head = _head(text, match.first, match.last)
    marked = any(c.isupper() for c in tokens[head].text[1:])  # "LinkedIn", "UNHCR": nothing but a name looks so
    if (tokens[head].pos not in NAME_POS and not marked) or _is_plain_word(text, match):
        return None
    sense, row = match.sense, match.sense.row
    if (
        match.last - match.first == 1
        and row.kind == "state"
        and text.words[match.first][-1] in people
        and not acts(text, match)
    ):
        return None
    if row.kind == "person":
        return _person(text, match.first, match.last, _one_person(text, match), actors)
    if row.kind != "state":
        return _listed_organisation(text, match, head)
    if sense.how == "people":
        return _people(text, match, head)
    if sense.how == "adjective" or is_side_of_phrase(text, match, head):
        return _state(match, head, "state by its adjective")
    if sense.how == "capital" and not acts(text, match):
        return None
    rule = {"capital": "capital as metonym", "metonym": "seat of government as metonym"}.get(
        sense.how, "name of a state"
    )
    return _state(match, head, rule)


def _one_person(text: Text, match: Match) -> Sense | None:
    """The person whom a listed full name means: of namesakes the one of the highest layer, or in office."""
    people = [sense for sense in match.senses if sense.row.kind == "person"]
    if len(people) > 1:
        top = max(LAYERS.index(sense.row.layer) for sense in people)
        people = [sense for sense in people if LAYERS.index(sense.row.layer) == top]
    if len(people) > 1 and text.days is not None:
        days = text.days
        people = [sense for sense in people if any(tenure.covers(*days) for tenure in sense.row.tenures)]
    return people[0] if len(people) == 1 else None


def _head(text: Text, first: int, last: int) -> int:
    """The token of a stretch whose own head lies outside it."""
    tokens = text.parsed.tokens
    return next(
        (i for i in range(last - 1, first - 1, -1) if not first <= tokens[i].head < last or tokens[i].head == i),
        last - 1,
    )


def _is_plain_word(text: Text, match: Match) -> bool:
    """A short form in a line all in capitals ("TELL US"), or one changed by the word beside it ("Latin American")."""
    tokens = text.parsed.tokens
    after = text.words[match.last] if match.last < text.bounds(match.first)[1] else ()
    if is_other_people(text, match) or (match.sense.how == "adjective" and after[:1] in LANDS):
        return True
    if match.last - match.first > 1 or tokens[match.first].pos == "PROPN" or len(tokens[match.first].text) > 4:
        return False
    first, last = text.bounds(match.first)
    return text.parsed.words(text.parsed.span(first, last)).isupper()


def _state(match: Match, head: int, rule: str) -> Draft:
    row, sense = match.sense.row, match.sense
    return Draft(
        match.first, match.last, head, "name", "state", row.name, fold_words(row.name), row.key, rule, row.country,
        sense.sector or row.sector, body=row.country,
    )  # fmt: skip


def _people(text: Text, match: Match, head: int) -> Draft:
    """As in "The Russians" are the state; "ethnic Russians" and "Russians" at large are a people."""
    row = match.sense.row
    before = text.words[match.first - 1] if match.first > text.bounds(match.first)[0] else ()
    if match.sense.form.startswith("the ") or before == ("the",):
        return _state(match, head, "people for the state")
    surface = text.surface(match.first, match.last)
    return Draft(
        match.first, match.last, head, "name", "group", surface, text.folded(match.first, match.last), None,
        f"people of {row.name}", row.country, "SOC" if before[-1:] == ("ethnic",) else "CVL", plural=True,
    )  # fmt: skip


def _listed_organisation(text: Text, match: Match, head: int) -> Draft:
    """A listed body; "Russia's Security Council" is not the one listed."""
    row = match.sense.row
    owner = _owner(text, match.first)
    other = owner is not None and owner.row.country != row.country and owner.row.kind == "state"
    if (
        other
        and owner is not None
        and match.last - match.first > 1
        and (row.code not in BODY_CODES or row.code == "UNO")
    ):
        name = f"{owner.row.name} {text.surface(match.first, match.last)}"
        return Draft(
            match.first, match.last, head, "name", "organisation", name, fold_words(name), None,
            f"body of {owner.row.name}", owner.row.country, row.sector or "GOV", body=owner.row.country,
        )  # fmt: skip
    return Draft(
        match.first, match.last, head, "name", "group" if row.kind == "group" else "organisation", row.name,
        fold_words(row.name), row.key, "listed name", row.country, row.sector, plural=row.kind == "group",
    )  # fmt: skip


def _owner(text: Text, first: int) -> Sense | None:
    """The state just before a name: "Russian", "Russia's"."""
    start = text.bounds(first)[0]
    before = first
    while before > start and (text.words[before - 1] == ("s",) or text.parsed.tokens[before - 1].tag == "POS"):
        before -= 1
    match = text.ending.get(before)
    return match.sense if match is not None and match.sense.row.kind == "state" else None


def _organisation(text: Text, guess: Guess, actors: ActorBase) -> Draft:
    """An organisation that is not listed: country and sector from its own words and the state before it."""
    words = text.folded(guess.first, guess.last)
    inside = next(
        (
            m.sense
            for i in range(guess.first, guess.last)
            if (m := text.starting.get(i)) and _tells_owner(text, m, guess)
        ),
        None,
    )
    owner = inside if inside is not None else _owner(text, guess.first)
    nouns = [
        actors.nouns[form]
        for word in reversed(words)
        for form in (word, word.removesuffix("s"))
        if form in actors.nouns
    ]
    sector = next((noun.sector for noun in nouns if noun.sector), None)
    country = owner.row.country if owner is not None else None
    name = text.surface(guess.first, guess.last)
    if inside is None and owner is not None:
        name = f"{owner.row.name} {name}"
    return Draft(
        guess.first, guess.last, _head(text, guess.first, guess.last), "name", "organisation", name, fold_words(name),
        None, "recognised as an organisation", country, sector, body=country,
    )  # fmt: skip


def _tells_owner(text: Text, match: Match, guess: Guess) -> bool:
    """Whether a listed form inside a name says whose body it is.

    A body must open it ("Metropolitan Police" says nothing of "Reno Metropolitan Police Department"), and a capital
    called after a saint needs its state beside it: "St George's Hospital" is seldom Grenada's.
    """
    row = match.sense.row
    if match.last > guess.last or (row.kind != "state" and match.first > guess.first):
        return False
    if match.sense.how != "capital" or text.words[match.first][:1] not in SAINTS:
        return True
    return any(other.sense.row.key == row.key and other.sense.how != "capital" for other in text.matches)


def _person(text: Text, first: int, last: int, sense: Sense | None, actors: ActorBase) -> Draft:
    """A person by name, with the title before it; a listed one unless the title names another state."""
    title = read_title(text, first, actors)
    words = fold_name(text.surface(first, last)) if last - first < 4 else text.folded(first, last)
    row = sense.row if sense is not None else None
    owner = title.owner.sense.row if title.owner is not None else None
    stated = (owner.country if owner is not None else None) or _country_of_role(title)
    if row is not None and stated is not None and not row.is_of(stated):
        row = None
    return Draft(
        first, last, _head(text, first, last), "name", "person", text.surface(first, last), words,
        row.key if row is not None else None,
        "listed person" if row is not None else "recognised as a person",
        stated or (actors.country_on(row, text.days) if row is not None else None),
        _sector(title, owner),
        title.office,
        _office_body(owner, title, actors) or stated or _body(row, title),
        title.gender or (actors.genders.get(words[0]) if len(words) > 1 else None),
    )  # fmt: skip


def _sector(title: Title, owner: ActorRow | None) -> str | None:
    if title.role is None:
        return None
    return title.role.sector or (represented_sector(owner, title.role) if owner is not None else None)


def _country_of_role(title: Title) -> str | None:
    return title.role.country if title.role is not None else None


def _office_body(owner: ActorRow | None, title: Title, actors: ActorBase) -> str | None:
    """The state or body whose office the title before a name tells of."""
    role = title.role
    if owner is not None and owner.key.startswith("state:"):
        return owner.country
    told = role.body if role is not None else None
    return told or (actors.body(owner, role.office if role is not None else None) if owner is not None else None)


def _body(row: ActorRow | None, title: Title) -> str | None:
    """What a listed person served, in the office that the title tells of where there is one."""
    if row is None or not row.tenures:
        return None
    told = title.role.office if title.role is not None else None
    held = next((term.body for term in row.tenures if term.office == told), row.tenures[0].body)
    return held if told is None or ":" not in held or any(t.office == told for t in row.tenures) else None
