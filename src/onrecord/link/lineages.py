"""Which reports are one source: those that descend from one text, however many papers print it.

Every report stands in exactly one lineage, alone if nothing binds it. A passage taken over, or a source only named
("Reuters reported"), is listed with the report that took it, and joins no lineages.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import msgspec

from onrecord.link.kept import Kept, hash_of
from onrecord.link.reports import Bond, Report, together
from onrecord.model.days import Days
from onrecord.model.ids import make_id
from onrecord.model.record import Copy, CopyKind, Lineage, Provenance
from onrecord.model.text import OriginKind

VERBATIM = 0.97  # of the copy's words are the original's: three in a hundred are a changed date or a stray caption
LARGE = 100  # reports of one text: beyond it they are not compared two by two
_pack, _unpack = msgspec.msgpack.Encoder().encode, msgspec.msgpack.Decoder(Lineage).decode
CREDITS: tuple[OriginKind, ...] = ("agency", "credit", "original_url")
LINKS: tuple[OriginKind, ...] = ("original_url", "source_link")


def make_lineages(
    reports: Sequence[Report],
    bonds: Sequence[Bond],
    same: Sequence[Sequence[str]],
    kept: Kept | None = None,
    finish: Callable[[Lineage], Lineage] = lambda lineage: lineage,
) -> tuple[Lineage, ...]:
    """The lineages of all reports; `same` are reports of the very same words, whose first id stands in the bonds.

    One whose reports and bonds are those that it was made from is not made again, but for those of one report without
    bonds, which are made as quickly as found. A new one is kept as `finish` leaves it, which may ask for its reports'
    texts alone.
    """
    kept = kept or Kept()
    by_id = {report.id: report for report in reports}
    text_of = {report.id: report.id for report in reports}
    text_of.update({id: group[0] for group in same for id in group})
    families = _families(text_of, bonds)
    by_text: dict[str, list[Bond]] = defaultdict(list)
    for bond in bonds:
        by_text[bond.left].append(bond)
        by_text[bond.right].append(bond)
    lineages = []
    for members in families:
        if len(members) == 1 and members[0] not in by_text:
            lineages.append(_alone(by_id[members[0]]))
            continue
        basis = _basis(members, by_text, text_of, by_id, kept)
        lineage = _kept_lineage(members[0], basis, kept) if basis else None
        if lineage is None:
            lineage = finish(_lineage([by_id[id] for id in members], by_text, text_of, by_id))
            if basis:
                kept.put("lineage", members[0], (basis, _pack(lineage)))
        lineages.append(lineage)
    return tuple(sorted(lineages, key=lambda lineage: lineage.documents))


def _alone(report: Report) -> Lineage:
    return Lineage(make_id("ln", report.id), (report.id,), find_origin([report]), ())


def _lineage(
    members: Sequence[Report],
    by_text: Mapping[str, Sequence[Bond]],
    text_of: Mapping[str, str],
    by_id: Mapping[str, Report],
) -> Lineage:
    order = put_in_order(members)
    copies = _copies(order, by_text, text_of)
    passages = _passages(order, by_text, by_id, {text_of[report.id] for report in members})
    documents = tuple(report.id for report in order)
    return Lineage(make_id("ln", order[0].id), documents, find_origin(order), (*copies, *passages))


def _basis(
    members: Sequence[str],
    by_text: Mapping[str, Sequence[Bond]],
    text_of: Mapping[str, str],
    by_id: Mapping[str, Report],
    kept: Kept,
) -> bytes:
    """A hash of all that a lineage is made from: its reports and those that share a passage with them, as stored and
    dated, and their bonds. Nothing where one of them is not as it is stored."""
    texts = list(dict.fromkeys(text_of[id] for id in members))
    touching = [bond for text in texts for bond in by_text.get(text, ())]
    involved = sorted({*members, *(end for bond in touching for end in (bond.left, bond.right))})
    if not all(id in kept.stamps for id in involved):
        return b""
    ends = [(id, kept.stamps[id], by_id[id].published, text_of[id]) for id in involved]
    return hash_of((members, ends, touching))


def _kept_lineage(first: str, basis: bytes, kept: Kept) -> Lineage | None:
    found: Sequence[Any] | None = kept.get("lineage", first)
    return _unpack(found[1]) if found and found[0] == basis else None


def _families(text_of: Mapping[str, str], bonds: Iterable[Bond]) -> list[list[str]]:
    """Reports joined by a common text, directly or through others."""
    parent = {text: text for text in text_of.values()}

    def root(text: str) -> str:
        while parent[text] != text:
            parent[text] = parent[parent[text]]
            text = parent[text]
        return text

    for bond in bonds:
        if bond.one_text:
            low, high = sorted((root(bond.left), root(bond.right)))
            parent[high] = low
    found: dict[str, list[str]] = defaultdict(list)
    for id in sorted(text_of):
        found[root(text_of[id])].append(id)
    return [found[key] for key in sorted(found)]


class Signs(NamedTuple):
    """What of a report bears on which of two was first: its days, its address and those that it gives as its original
    or its source, its outlet and whom it names as origins, folded; and its rank."""

    days: Days | None
    address: str
    links: frozenset[str]
    outlet: str
    names: frozenset[str]
    rank: tuple[str, int, int, int, str]


def signs_of(report: Report) -> Signs:
    document, origins = report.document, report.document.origins
    links = {_address(o.name) for o in origins if o.kind in LINKS} - {""}
    outlet, names = (document.outlet.value or "").casefold(), {o.name.casefold() for o in origins} - {""}
    address = _address(document.url.value)
    return Signs(report.published, address, frozenset(links), outlet, frozenset(names), _rank(report))


def precedes(one: Signs, other: Signs) -> bool:
    """Whether, of two reports with one text, the first is the more likely original."""
    named = (one.address in other.links) - (other.address in one.links)
    if named:
        return named > 0
    if one.days and other.days and not together(one.days, other.days):
        return one.days < other.days
    credited = (one.outlet in other.names) - (other.outlet in one.names)
    if credited:
        return credited > 0
    return one.rank[1:] < other.rank[1:]


@lru_cache(1 << 14)
def _address(url: str | None) -> str:
    parts = urlsplit(url.strip()) if url and "://" in url else None
    return f"{(parts.hostname or '').removeprefix('www.')}{parts.path.rstrip('/')}" if parts else ""


def _credits(report: Report) -> int:
    """How many signs a report bears that its text comes from elsewhere; an agency's own site credits itself."""
    outlet = (report.document.outlet.value or "").casefold()
    return sum(o.kind in CREDITS and o.name.casefold() != outlet for o in report.document.origins)


def put_in_order(reports: Sequence[Report]) -> list[Report]:
    """Reports of one text, the likely original first: each is ranked by how many of the others it precedes.

    In a large family that would take long, and is decided by dates, credits and length at once.
    """
    if len(reports) > LARGE:
        return sorted(reports, key=_rank)
    signs = {report.id: signs_of(report) for report in reports}
    wins = {id: sum(precedes(one, other) for other in signs.values() if other is not one) for id, one in signs.items()}
    return sorted(reports, key=lambda report: (-wins[report.id], report.id))


def _rank(report: Report) -> tuple[str, int, int, int, str]:
    """Date, credits, then quoted words and length: a desk cuts and a rewriter drops quotations, neither adds any."""
    day = report.published[0] if report.published else "9999"
    words, quoted = report.sizes
    return day, _credits(report), -quoted, -words, report.id


def _copies(
    order: Sequence[Report], by_text: Mapping[str, Sequence[Bond]], text_of: Mapping[str, str]
) -> Iterable[Copy]:
    """For each report but the first, the earlier one that it repeats most of."""
    first_of: dict[str, str] = {}
    for report in order:
        text = text_of[report.id]
        if text in first_of:
            yield Copy(report.id, first_of[text], 1.0, "verbatim")
            continue
        earlier = [bond for bond in by_text.get(text, ()) if bond.one_text and _other(bond, text) in first_of]
        if earlier:
            bond = max(earlier, key=lambda bond: _closeness(bond, text))
            original = _other(bond, text)
            yield Copy(report.id, first_of[original], round(bond.share_of(original), 3), _kind(bond, text))
        first_of[text] = report.id


def _closeness(bond: Bond, text: str) -> tuple[bool, float, float, str]:
    """Shared words before a rewritten text's anchors, then how much of the text and of the other is shared."""
    return not bond.paraphrased, bond.share_of(text), bond.share_of(_other(bond, text)), bond.left


def _passages(
    order: Sequence[Report], by_text: Mapping[str, Sequence[Bond]], by_id: Mapping[str, Report], inside: set[str]
) -> Iterable[Copy]:
    """For each text of a lineage, the passage that it took from a report outside, if any: the largest one."""
    signs = lru_cache(None)(lambda id: signs_of(by_id[id]))
    for report in sorted(order, key=lambda report: report.id):
        loose = [bond for bond in by_text.get(report.id, ()) if _other(bond, report.id) not in inside]
        taken = [bond for bond in loose if precedes(signs(_other(bond, report.id)), signs(report.id))]
        if taken:
            bond = max(taken, key=lambda bond: (bond.share_of(report.id), bond.left, bond.right))
            original = _other(bond, report.id)
            kind: CopyKind = "cites" if _names(signs(report.id), signs(original)) else "edited"
            yield Copy(report.id, original, round(bond.share_of(original), 3), kind)


def _names(report: Signs, original: Signs) -> bool:
    return original.outlet in report.names or original.address in report.links


def _other(bond: Bond, id: str) -> str:
    return bond.right if bond.left == id else bond.left


def _kind(bond: Bond, copy: str) -> CopyKind:
    if bond.paraphrased:
        return "paraphrased"
    return "verbatim" if bond.share_of(copy) >= VERBATIM else "edited"


def find_origin(order: Sequence[Report]) -> Provenance:
    """Where a lineage's text comes from, and how that is known: a credit, an original address, or its first outlet.

    Where nothing says it, it stays unknown, and the basis lists the signs: what the page leaves out and whom it cites.
    """
    for kinds, words in ((("agency", "credit"), "credited"), (("original_url",), "given as original address")):
        found = [o for report in order for o in set(report.document.origins) if o.kind in kinds]
        if found:
            name, count = min(Counter(o.name for o in found).items(), key=lambda item: (-item[1], item[0]))
            basis = f"{words} in {count} of {len(order)} report{'s' * (len(order) > 1)}{_citing(order, name)}"
            is_agency = any(o.kind == "agency" for o in found if o.name == name)
            return Provenance(name, None, basis) if is_agency else Provenance(None, name, basis)
    outlet = order[0].document.outlet.value
    if outlet is None:
        return Provenance(None, None, f"unknown: no credit{_left_out(order[0])}{_citing(order)}")
    return Provenance(None, outlet, f"outlet of {_why_first(order)}{_citing(order, outlet)}")


def _citing(order: Sequence[Report], origin: str = "") -> str:
    """Whom the reports cite: sources of single things in the text, not of the text."""
    cited = {o.name for report in order for o in report.document.origins if o.kind == "cited"} - {origin}
    return f"; cites {', '.join(sorted(cited))}" if cited else ""


def _left_out(report: Report) -> str:
    """What a page does not say of its text, and a link to its source that leads nowhere."""
    document = report.document
    missing = [
        name
        for name, known in (
            ("outlet", document.outlet.value),
            ("author", document.author.value),
            ("day", document.published.value and document.published.precision in ("day", "minute")),
        )
        if not known
    ]
    link = next((o.name for o in document.origins if o.kind == "source_link"), "")
    named = f", no {' and no '.join(missing)} named" if missing else ""
    return f"{named}{f'; a “{link}” without an address' if link and '://' not in link else ''}"


def _why_first(order: Sequence[Report]) -> str:
    if len(order) == 1:
        return "the only report"
    first, second = order[0], order[1]
    if _names(signs_of(second), signs_of(first)):
        return "the report that the others name as their source"
    if first.published and second.published and not together(first.published, second.published):
        return f"the earliest of {len(order)} reports, published {first.published[0]}"
    if _credits(first) < _credits(second):
        return f"the one of {len(order)} reports that credits nobody else"
    if first.sizes[1] > second.sizes[1]:
        return f"the one of {len(order)} reports with most in quotation marks, as their dates do not decide"
    if first.sizes[0] > second.sizes[0]:
        return f"the longest of {len(order)} reports, as their dates do not decide"
    return f"the first of {len(order)} reports by id, as nothing else decides"
