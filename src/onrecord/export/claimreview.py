"""ClaimReview drafts: claims on which a person has decided with a reason, for that person to finish.

A draft holds the words, who said them where, and what the person wrote. It holds no rating and no verdict: the
decision was on the record's reading of a report, not on the truth of what was said, and the machine has no say in that.
Only statements and events that a standing judgement accepts or rejects with a reason come out; `url` and
`reviewRating`, which a published review must have, are left to the reviewer.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from onrecord.errors import NotFoundError
from onrecord.export.choice import Choice
from onrecord.export.tally import Tally
from onrecord.export.wording import as_json, content, web_address
from onrecord.model.judgements import standing
from onrecord.model.record import Judgement
from onrecord.model.timex import days_of
from onrecord.store import Row

CARRIES: dict[str, tuple[str, ...]] = {
    "judgements": ("id", "verdict", "subjects", "by", "at", "why"),
}
DONE = {"accept": "accepted", "reject": "rejected"}


def write_claimreview(part: str, chosen: Choice, out: BinaryIO, tally: Tally) -> None:  # noqa: ARG001  # one part
    """Write one draft a line, in the order of the decisions."""
    reports = chosen.reports()
    allowed = {row["id"] for table in ("statements", "events") for row in chosen.rows(table)} if chosen.query else None
    for judgement in standing(chosen.view.judgements()):
        tally.taken["judgements"] += 1
        reason = _unfit(judgement)
        claims = [] if reason else list(_claims(chosen, judgement, allowed))
        if not claims:
            tally.lose("judgements", judgement.id, reason or "it is on no statement or event that was chosen")
            continue
        for claim in claims:
            draft = _draft(judgement, claim, reports[claim["document"]])
            out.write(as_json(draft) + b"\n")
        tally.carry("judgements")


def _unfit(judgement: Judgement) -> str:
    if judgement.verdict not in DONE:
        return f"a decision to {judgement.verdict} says nothing on a claim"
    return "" if judgement.why.strip() else "no reason was given"


def _claims(chosen: Choice, judgement: Judgement, allowed: set[str] | None) -> Iterator[Row]:
    """The statements and events that a judgement is on, by themselves or as a group."""
    for subject in judgement.subjects:
        try:
            table, row = chosen.view.find(subject)
        except NotFoundError:  # decided on something that a later build no longer finds
            continue
        for id in row["members"] if table == "groups" else [row["id"]]:
            found = chosen.view.some("statements", "id", [id]) or chosen.view.some("events", "id", [id])
            yield from (one for one in found if allowed is None or one["id"] in allowed)


def _draft(judgement: Judgement, claim: Row, report: Row) -> Row:
    said = "content" in claim
    words = content(claim) if said else claim["evidence"]["text"]
    actor = claim["actor"] if said else None
    appearance = {
        "@type": "NewsArticle", "headline": report["title"], "url": web_address(report),
        "datePublished": _day(report["published"]["value"]),
        "publisher": {"@type": "Organization", "name": report["outlet"]} if report["outlet"] else None,
    }  # fmt: skip
    item = {
        "@type": "Claim", "author": _author(actor) if actor else None,
        "datePublished": _day(((claim["said"] if said else claim["date"]) or {}).get("value")),
        "appearance": _known(appearance),
    }  # fmt: skip
    return {
        "@context": "https://schema.org", "@type": "ClaimReview", "creativeWorkStatus": "Draft",
        "identifier": f"{judgement.id}:{claim['id']}", "claimReviewed": words, "itemReviewed": _known(item),
        "author": {"@type": "Person", "name": judgement.by}, "dateCreated": judgement.at[:10],
        "reviewAspect": f"whether the record reads the report right: {DONE[judgement.verdict]}",
        "reviewBody": judgement.why,
    }  # fmt: skip


def _author(actor: Row) -> Row:
    return {"@type": "Person" if actor["kind"] == "person" else "Organization", "name": actor["name"]}


def _day(value: str | None) -> str | None:
    days = days_of(value)
    return days[0].isoformat() if days and days[0] == days[1] else None


def _known(held: Row) -> Row:
    return {name: value for name, value in held.items() if value not in (None, "")}
