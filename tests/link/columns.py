"""Claims in columns, as tests of linking put them together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate

from onrecord.link.columns import number_in
from onrecord.link.keys import ClaimKind, Part, Table, code_of, numbers_of, pack_numbers, read_table
from onrecord.model.ids import make_id


def make_table(
    kind: ClaimKind,
    claims: Mapping[str, Mapping[str, int]],
    names: Mapping[str, Sequence[tuple[int, int]]] | None = None,
    words: Mapping[str, str] | None = None,
    alike: Mapping[str, str] | None = None,
) -> Table:
    """Claims by report, each id with a hash of the whole claim; `names` are those of blocks, with what each is taken
    with, `words` those of statements, `alike` what stands for all that each is compared by."""
    parts = []
    for of in claims.values():
        found = [(at, how, name) for at, id in enumerate(of) for how, name in (names or {}).get(id, ())]
        stems = [numbers_of((words or {}).get(id, "").split()) for id in of]
        parts.append(
            Part(
                "\n".join(of),
                pack_numbers(number_in(make_id("gr", kind, id), "gr") for id in of),
                pack_numbers(map(code_of, of)),
                pack_numbers(of.values()),
                pack_numbers(code_of(f"{id} {content}") for id, content in of.items()),
                pack_numbers(name for _, _, name in found),
                pack_numbers(at for at, _, _ in found),
                pack_numbers(how for _, how, _ in found),
                pack_numbers(stem for one in stems for stem in one),
                pack_numbers(accumulate(map(len, stems))),
                pack_numbers(code_of((alike or {}).get(id, id)) for id in of),
            )
        )
    return read_table(kind, tuple(claims), parts)
