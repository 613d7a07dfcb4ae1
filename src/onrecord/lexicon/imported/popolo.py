"""Popolo JSON, as parliaments and civic projects publish it: people, organisations, posts and memberships in one object.

A membership is an office where it has a role or a post; Popolo gives no state, so that whoever imports it says it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from onrecord.lexicon.imported.values import Fault, Found, FoundOffice, objects, read_json, texts

CLASSES = {"party": "PTY", "legislature": "LEG", "chamber": "LEG", "government": "GOV", "executive": "GOV"}


def read_popolo(path: Path, columns: dict[str, str]) -> Iterator[Found | Fault]:  # noqa: ARG001  # as all readers
    """All people and organisations of a file."""
    whole = read_json(path)
    posts = {str(post.get("id")): post for post in objects(whole.get("posts"))}
    bodies = {str(body.get("id")): body for body in objects(whole.get("organizations"))}
    held: dict[str, list[dict[str, Any]]] = {}
    for membership in (*objects(whole.get("memberships")), *_nested(whole)):
        held.setdefault(str(membership.get("person_id")), []).append(membership)
    for number, person in enumerate(objects(whole.get("persons")), start=1):
        memberships = held.get(str(person.get("id")), [])
        offices = tuple(office for one in memberships if (office := _office(one, posts, bodies)) is not None)
        where = f"{path.name}: person {number}"
        yield Found(where, "person", _text(person, "name"), _names(person), _wikidata(person), "", "", offices)
    for number, body in enumerate(bodies.values(), start=1):
        where, sector = f"{path.name}: organization {number}", CLASSES.get(_text(body, "classification").lower(), "")
        yield Found(where, "organisation", _text(body, "name"), _names(body), _wikidata(body), "", sector)


def _nested(whole: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Memberships that stand inside their person."""
    for person in objects(whole.get("persons")):
        for membership in objects(person.get("memberships")):
            yield {"person_id": person.get("id"), **membership}


def _office(
    membership: dict[str, Any], posts: dict[str, dict[str, Any]], bodies: dict[str, dict[str, Any]]
) -> FoundOffice | None:
    post = posts.get(str(membership.get("post_id")), {})
    role = _text(membership, "role") or _text(post, "role") or _text(post, "label")
    body = bodies.get(str(membership.get("organization_id") or post.get("organization_id")), {})
    if not role or role.lower() == "member":
        return None
    title = role if " " in role or not body else f"{role} of {_text(body, 'name')}"
    return FoundOffice(title, "", _text(membership, "start_date")[:10], _text(membership, "end_date")[:10])


def _names(thing: dict[str, Any]) -> tuple[str, ...]:
    return tuple(name for other in objects(thing.get("other_names")) for name in texts(other.get("name")))


def _wikidata(thing: dict[str, Any]) -> str:
    found = objects(thing.get("identifiers"))
    return next((_text(one, "identifier") for one in found if _text(one, "scheme").lower() == "wikidata"), "")


def _text(thing: dict[str, Any], name: str) -> str:
    value = thing.get(name)
    return value if isinstance(value, str) else ""
