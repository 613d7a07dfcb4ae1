"""What stands behind a group: how many reports, outlets and lineages, and who of them at first hand, with reasons.

Lineages count, not papers: ten prints of one wire are one source. Reasons say in words what was counted and show where;
no truth is scored.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from onrecord.link.keys import Keys
from onrecord.model.claims import Bound
from onrecord.model.offsets import Span
from onrecord.model.record import Contradiction, Corroboration, Evidence, Figure, Group, Judgement, Lineage, Reason

BOUND_WORDS: dict[Bound, str] = {
    "exactly": "", "about": "about ", "at_least": "at least ", "at_most": "at most ", "range": "about ",
}  # fmt: skip
Marks = tuple[tuple[str, Span], ...]  # kind and words of each
MARK_WORDS = {
    "interview": "an interview of its own", "document": "a document or recording that it saw itself",
    "presence": "a reporter of its own on the spot",
}  # fmt: skip
NAMED = 4  # outlets named in a reason before "and others"


@dataclass(frozen=True, slots=True)
class Witness:
    """A claim as something that can be counted: where it stands, and whether the report tells it itself.

    `amount` is a figure's value in words, for the other kinds "".
    """

    id: str
    document: str
    span: Span
    first_hand: bool
    amount: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a report stands: its lineage, its outlet's name, the report it copies if any."""

    lineage: str
    outlet: str | None
    copy_of: str | None


def find_witnesses(document: str, keys: Keys, wanted: Container[str]) -> Iterator[Witness]:
    """The `wanted` claims of a report as something to count; a figure is always at first hand, as nothing says whose it
    is."""
    for event in keys.events:
        if event.id in wanted:
            yield Witness(event.id, document, event.evidence, event.first_hand)
    for said in keys.statements:
        if said.id in wanted:
            yield Witness(said.id, document, said.span, said.first_hand)
    for figure in (key.figure for key in keys.measured):
        if figure.id in wanted:
            yield Witness(figure.id, document, figure.span, True, _amount(figure))


def _amount(figure: Figure) -> str:
    """A figure in words: "at least 1,500 killed"."""
    if figure.bound == "range" and figure.low is not None and figure.high is not None:
        return f"{figure.low:,.10g} to {figure.high:,.10g} {figure.unit}"
    return f"{BOUND_WORDS[figure.bound]}{figure.value:,.10g} {figure.unit}"


def standings(lineages: Iterable[Lineage], outlets: Mapping[str, str | None]) -> dict[str, Standing]:
    found = {}
    for lineage in lineages:
        inside = set(lineage.documents)
        copy_of = {copy.document: copy.of for copy in lineage.copies if copy.of in inside}
        for document in lineage.documents:
            found[document] = Standing(lineage.id, outlets.get(document), copy_of.get(document))
    return found


def corroborate(
    group: Group,
    witnesses: Mapping[str, Witness],
    standing: Mapping[str, Standing],
    against: Sequence[Contradiction],
    accepted: Sequence[Judgement],
    marks: Mapping[str, Marks],
) -> Corroboration:
    """Count who stands behind a group.

    `against` are contradictions of its claims, `accepted` judgements for it, `marks` what shows that a report has a
    claim from something of its own.
    """
    told = sorted((witnesses[id] for id in group.members), key=lambda w: (w.document, w.span, w.id))
    by_document: dict[str, list[Witness]] = defaultdict(list)
    for witness in told:
        by_document[witness.document].append(witness)
    lineages = {standing[document].lineage for document in by_document}
    outlets = {outlet for document in by_document if (outlet := standing[document].outlet)}
    direct = {standing[w.document].lineage for w in told if w.first_hand and standing[w.document].copy_of is None}
    reasons = [_told(by_document, standing, len(lineages), sorted(outlets))]
    reasons.extend(_copied(by_document, standing))
    reasons.extend(_second_hand(told))
    reasons.extend(_marked(told, standing, marks))
    reasons.extend(_amounts(told, standing))
    reasons.extend(_accepted(judgement) for judgement in accepted)
    reasons.extend(_against(against))
    return Corroboration(
        id_of(group), group.id, len(by_document), len(outlets), len(lineages), len(direct), tuple(reasons)
    )


def id_of(group: Group) -> str:
    """The id of a group's corroboration."""
    return f"co_{group.id.removeprefix('gr_')}"


def _told(
    by_document: Mapping[str, list[Witness]], standing: Mapping[str, Standing], lineages: int, outlets: Sequence[str]
) -> Reason:
    """All reports that tell it; the weight is the number of lineages."""
    shown = ", ".join(outlets[:NAMED]) + (" and others" if len(outlets) > NAMED else "")
    words = f"told by {_count(len(by_document), 'report')} of {_count(lineages, 'lineage')}"
    unknown = sum(standing[document].outlet is None for document in by_document)
    names = "; ".join(part for part in (shown, f"{unknown} of unknown outlet" if unknown else "") if part)
    first = (_show(found[0]) for found in by_document.values())
    return Reason("told by", float(lineages), f"{words}: {names}" if names else words, tuple(first))


def _copied(by_document: Mapping[str, list[Witness]], standing: Mapping[str, Standing]) -> Iterable[Reason]:
    """Those that repeat another one's text; they add nothing."""
    copies = [document for document in by_document if standing[document].copy_of]
    if copies:
        words = f"{_count(len(copies), 'of them is a copy', 'of them are copies')} of another report's text"
        yield Reason("copies", 0.0, words, tuple(_show(by_document[document][0]) for document in copies))


def _second_hand(told: Sequence[Witness]) -> Iterable[Reason]:
    passed_on = [witness for witness in told if not witness.first_hand]
    if passed_on:
        documents = _count(len({witness.document for witness in passed_on}), "report")
        words = f"in {documents} it is passed on from others or its source is not named"
        yield Reason("second hand", 0.0, words, tuple(_show(witness) for witness in passed_on))


def _marked(told: Sequence[Witness], standing: Mapping[str, Standing], marks: Mapping[str, Marks]) -> Iterable[Reason]:
    """What was got by the report itself, by kind of mark; a copy has its original's, and is not counted again."""
    by_kind: dict[str, dict[Evidence, None]] = defaultdict(dict)
    for witness in told:
        if standing[witness.document].copy_of is None:
            for kind, span in marks.get(witness.id, ()):
                by_kind[kind][Evidence(witness.document, span)] = None
    for kind in sorted(by_kind):
        lineages = len({standing[evidence.document].lineage for evidence in by_kind[kind]})
        words = f"{_count(lineages, 'lineage has', 'lineages have')} it from {MARK_WORDS[kind]}"
        yield Reason("first hand", float(lineages), words, tuple(by_kind[kind]))


def _amounts(told: Sequence[Witness], standing: Mapping[str, Standing]) -> Iterable[Reason]:
    """The amounts given, each with the lineages that give it."""
    by_amount: dict[str, list[Witness]] = defaultdict(list)
    for witness in told:
        if witness.amount:
            by_amount[witness.amount].append(witness)
    for amount, witnesses in sorted(by_amount.items()):
        lineages = len({standing[witness.document].lineage for witness in witnesses})
        words = f"{amount}: given by {_count(lineages, 'lineage')}"
        yield Reason("amount", float(lineages), words, tuple(_show(witness) for witness in witnesses))


def _accepted(judgement: Judgement) -> Reason:
    why = f": {judgement.why}" if judgement.why else ""
    return Reason("accepted", 1.0, f"accepted by {judgement.by}{why}", ())


def _against(contradictions: Sequence[Contradiction]) -> Iterable[Reason]:
    for contradiction in contradictions:
        yield Reason("contradicted", -1.0, contradiction.words, contradiction.spans)


def _show(witness: Witness) -> Evidence:
    return Evidence(witness.document, witness.span)


def _count(number: int, one: str, many: str | None = None) -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"
