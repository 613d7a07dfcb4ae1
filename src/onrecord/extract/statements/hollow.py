"""Attributions in form only: labels before a colon, machines that "say", deeds told with a verb of saying, bare nouns.

Each rule names what it leaves out; what remains is judged by who speaks (`kinds.is_statement`).
"""

from __future__ import annotations

from onrecord.extract.statements.attribution import Attribution
from onrecord.extract.statements.cue_kinds import MARKS, has_entry, is_infinitive
from onrecord.extract.statements.speakers import Speakers
from onrecord.extract.syntax import kids
from onrecord.lexicon.cues import Cues
from onrecord.model.parsed import Parsed

# what editors print in capitals before a colon; no speaker, in a headline or at the head of a paragraph
LABELS = frozenset(
    {
        "analysis", "background", "breaking", "comment", "correction", "developing", "editorial", "exclusive",
        "explained", "explainer", "fact check", "factbox", "flashback", "interview", "just in", "live", "live updates",
        "more", "note", "opinion", "photos", "pictures", "poll", "profile", "read", "read more", "recap", "related",
        "report", "revealed", "review", "shock", "special report", "timeline", "transcript", "update", "updated",
        "updates", "video", "watch",
    }
)  # fmt: skip
MACHINES = frozenset({"algorithm", "app", "bot", "chatbot", "computer", "device", "machine", "robot", "software"})
# verbs of saying, thinking or showing that, with no more than a noun phrase, tell a deed: "added names", "read a book"
DEEDS_WITH_NOUNS = frozenset(
    {
        "add", "allude", "begin", "broadcast", "continue", "convey", "discover", "expose", "feel", "find", "know",
        "learn", "like", "list", "love", "message", "react", "read", "refer", "remember", "respond", "resume",
        "retweet", "see", "sense", "shoot", "sing", "think", "touch", "tweet", "understand", "view", "write",
    }
)  # fmt: skip
ANONYMITY = frozenset({"not to be named", "not to be identified", "to remain anonymous", "anonymity"})
SILENCE = frozenset({"comment", "elaborate", "speak", "discuss", "answer", "respond"})  # what is declined
CITING = frozenset({"citing", "quoting"})  # with a noun, they name the source of something else
PERCEIVED = frozenset({"see", "show", "picture", "photograph", "film", "watch", "hear", "spot"})
WHILES = frozenset(
    {"second", "minute", "hour", "day", "week", "month", "year", "decade", "time", "while", "today", "now"}
)
GIVEN = frozenset({"offer", "express"})  # verbs that, like the light ones, give a cue noun its owner
POINTERS = frozenset({"who", "whom", "which", "that", "this", "it", "these", "those", "what", "him", "her", "them"})


def is_hollow(parsed: Parsed, one: Attribution, speakers: Speakers, cues: Cues) -> bool:
    """Whether nobody says anything here."""
    return (
        is_label(parsed, one, speakers)
        or _is_machine(parsed, one)
        or _only_points(parsed, one)
        or _is_new_cue_alone(parsed, one, cues)
        or _is_left_undone(parsed, one, cues)
        or _is_refused_by_nobody(parsed, one)
        or _is_watched(parsed, one)
        or (one.bare and (_tells_a_deed(parsed, one) or _is_empty(parsed, one, cues) or _is_a_while(parsed, one)))
    )


def _only_points(parsed: Parsed, one: Attribution) -> bool:
    """Whether a content outside quotation marks is a pronoun and no more."""
    words = " ".join(parsed.words(span) for span in one.content).lower()
    return not one.direct and words in POINTERS | ANONYMITY


def _is_new_cue_alone(parsed: Parsed, one: Attribution, cues: Cues) -> bool:
    """A cue that no table has, with nobody named or nothing quoted or claimed: "arrived for the hearing"."""
    if one.direct or has_entry(parsed, one, cues):
        return False
    return one.source is None or one.bare or is_infinitive(parsed, one)


def is_label(parsed: Parsed, one: Attribution, speakers: Speakers) -> bool:
    """Words beside a mark that name nobody: in a headline all that is no known actor, in the body known labels."""
    if one.cue is None or one.source is None or parsed.words(one.cue.span) not in MARKS:
        return False
    words = parsed.words(one.source.phrase)
    if " ".join(words.lower().split()) in LABELS:
        return True
    known = speakers.known(one.source.head)
    is_title = parsed.sentences[parsed.tokens[one.cue.token].sentence].part == "title"
    if not is_title or not speakers.index.mentions:
        return False  # where no actors were sought, none can be missed
    return known is None or (words.isupper() and known.key is None and known.actor_kind != "person")


def _is_left_undone(parsed: Parsed, one: Attribution, cues: Cues) -> bool:
    """An infinitive after a verb of refusing, wanting or promising: "declined to comment", "refused to recognise"."""
    if one.cue is None or one.direct or one.cue.verb is None:
        return False
    verb = parsed.tokens[one.cue.token]
    above = cues.verbs.get(parsed.tokens[verb.head].lemma.lower())
    content = parsed.tokens[one.heads[0]].lemma.lower() if one.heads else ""
    if one.kind == "reject" and content in SILENCE:
        return True
    if one.source is not None and parsed.tokens[one.source.head].lower == "it" and verb.tag == "VB":
        return True  # "it is important to note that"
    aims = verb.dep == "xcomp" and above is not None and above.kind in ("reject", "deny", "demand", "promise", "offer")
    return aims and any(parsed.tokens[aux].lower == "to" for aux in kids(parsed, verb.i, "aux"))


def _is_machine(parsed: Parsed, one: Attribution) -> bool:
    return one.source is not None and parsed.tokens[one.source.head].lemma.lower() in MACHINES


def _tells_a_deed(parsed: Parsed, one: Attribution) -> bool:
    """A verb that needs a clause to be a saying, one that is only possible, or a refusal that nobody is named for."""
    if one.cue is None or one.cue.verb is None:
        return False
    if parsed.tokens[one.cue.token].lower in CITING:
        return True
    if one.cue.verb.word in DEEDS_WITH_NOUNS:
        return True
    possible = any(parsed.tokens[aux].tag == "MD" for aux in kids(parsed, one.cue.token, "aux"))
    return possible and not kids(parsed, one.cue.token, "neg")


def _is_refused_by_nobody(parsed: Parsed, one: Attribution) -> bool:
    """ "travellers were refused entry": nobody is named, and nothing is said."""
    says = any(parsed.tokens[head].pos in ("VERB", "AUX") for head in one.heads)
    return one.source is None and one.kind in ("reject", "deny") and not one.direct and not says


def _is_watched(parsed: Parsed, one: Attribution) -> bool:
    """ "a trainer is seen working", "he was heard shouting": what cameras and bystanders perceive, said by nobody."""
    if one.cue is None or one.direct or parsed.tokens[one.cue.token].lemma.lower() not in PERCEIVED:
        return False
    passive = bool(kids(parsed, one.cue.token, "auxpass", "nsubjpass"))
    return passive and any(parsed.tokens[child].tag == "VBG" for child in kids(parsed, one.cue.token, "xcomp", "advcl"))


def _is_a_while(parsed: Parsed, one: Attribution) -> bool:
    """ "have been protesting for weeks": a length of time or a day is no content."""
    heads = [parsed.tokens[head].lemma.lower() for head in one.heads]
    return bool(heads) and not one.direct and all(head in WHILES for head in heads)


def _is_empty(parsed: Parsed, one: Attribution, cues: Cues) -> bool:
    """Whether a content is the name of a saying and no more: "offered a stark warning", "expressed regret"."""
    if one.direct or len(one.heads) != 1 or one.cue is None or one.cue.verb is None:
        return False
    if one.cue.verb.word not in cues.light_verbs | GIVEN:
        return False
    head = parsed.tokens[one.heads[0]]
    complements = kids(parsed, head.i, "prep", "acl", "relcl", "ccomp", "appos", "poss", "compound")
    return head.pos == "NOUN" and head.lemma.lower() in cues.nouns and not complements
