"""What speaks for an attribution and against it, as numbers from which its probability is reckoned.

Few and plain, so that a reader can follow them: how likely the cue is one, how firmly the words around it were read,
whether the rules agree, how much is quoted, whether a source is named.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import log

from onrecord.extract.statements.attribution import Attribution
from onrecord.extract.statements.evidence import Evidence, tokens_of
from onrecord.extract.statements.tagged import Tagged, rule_of

STATEMENT_ODDS = "statement_odds"
LEAST = 0.002  # likelihoods are kept this far from 0 and 1
RULED_CUE, RULED_FIRM = 0.7, 0.9  # what the taggers make of the rules' cues on average, and of the words around them
AGREES = 0.8  # share of tokens in both contents from which the rules and the tagger agree

Facts = Mapping[str, float]


def facts_of(evidence: Evidence, one: Attribution, reading: Tagged | None) -> Facts:
    """The facts of an attribution: `reading` is the taggers', None for one of the rules inside another's content.

    No annotated data hold such inner ones, so the taggers know nothing of them: they count as the rules' average one.
    """
    base = rule_of(evidence, reading) if reading is not None else one
    content = frozenset(tokens_of(evidence.marked, one.content))
    ruled = frozenset(tokens_of(evidence.marked, base.content)) if base is not None else frozenset()
    quoted = sum(evidence.marked.inside[index] is not None for index in content) / max(1, len(content))
    agrees = len(content & ruled) >= AGREES * len(content | ruled)
    by_form = reading is not None and reading.firm >= 1
    register = one.cue.register if one.cue is not None else "speech"
    return {
        "always": 1.0,
        "cue": _odds(reading.sure if reading is not None else RULED_CUE),
        "roles": _odds(reading.firm if reading is not None else RULED_FIRM) if not by_form else 0.0,
        "by form": float(by_form),
        "rules have the cue": float(base is not None),
        "rules agree on the content": float(base is not None and agrees),
        "all quoted": float(one.direct),
        "part quoted": float(quoted > 0 and not one.direct),
        "source named": float(one.source is not None),
        "no clause": float(one.bare),
        "not speech": float(register != "speech"),
    }


def _odds(likelihood: float) -> float:
    """A likelihood as the logarithm of its odds."""
    kept = min(max(likelihood, LEAST), 1 - LEAST)
    return log(kept / (1 - kept))
