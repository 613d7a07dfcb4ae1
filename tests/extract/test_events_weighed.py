"""What surrounds the event rules: headlines in title case, what is dropped, scores, amounts, clean evidence."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bench.tasks.status import read_cases, status_of
from bench.tools import Tools
from onrecord.extract.events import find_events
from onrecord.extract.mentions import find_mentions
from onrecord.extract.places import find_places
from onrecord.extract.quantities import find_quantities
from onrecord.extract.times import find_times
from onrecord.lexicon import Lexicon
from onrecord.model.claims import Event, Mention, Quantity
from onrecord.model.parsed import Parsed
from onrecord.model.text import Document, Published
from onrecord.parse import Parser
from onrecord.settings import Settings

ReadText = Callable[..., tuple[Document, Parsed]]
Read = Callable[..., tuple[tuple[Event, ...], dict[str, Mention], tuple[Quantity, ...], Parsed]]


@pytest.fixture(scope="session")
def read(read_text: ReadText, lexicon: Lexicon) -> Read:
    """The events of a text by the package's own stages, its mentions by id, its quantities, and its parse."""

    def found(
        text: str, heading: bool = False
    ) -> tuple[tuple[Event, ...], dict[str, Mention], tuple[Quantity, ...], Parsed]:
        document, parsed = read_text(text, heading=heading)
        mentions = find_mentions(parsed, document, lexicon)
        places, quantities = find_places(parsed, mentions, lexicon), find_quantities(parsed, lexicon)
        events, added = find_events(parsed, mentions, (), places, quantities, (), lexicon)
        return events, {mention.id: mention for mention in (*mentions, *added)}, quantities, parsed

    return found


@pytest.mark.parametrize(
    ("headline", "type_", "actor", "recipient"),
    [
        pytest.param("Iran Frees British Sailors", "RETREAT", "IRN", "GBR", id="verb taken for a name"),
        pytest.param("EU Slaps Sanctions on Minsk", "SANCTION", None, "BLR", id="light verb in -s"),
        pytest.param("France Recalls Envoy From Rome", "SANCTION", "FRA", "ITA", id="object and place"),
        pytest.param("Turkey Downs Russian Jet", "ASSAULT", "TUR", "RUS", id="adjective of nationality"),
        pytest.param("Taliban Seize Kunduz", "ASSAULT", "AFG", None, id="a headline that was parsed well stays"),
    ],
)
def test_headline_in_title_case_is_read(
    read: Read, headline: str, type_: str, actor: str | None, recipient: str | None
) -> None:
    events, mentions, _, _ = read(f"{headline}\nNothing else is known.", heading=True)
    event = next(event for event in events if event.type == type_)
    assert actor is None or actor in {mentions[id].country for id in event.actors}
    assert recipient is None or recipient in {mentions[id].country for id in event.recipients}


@pytest.mark.parametrize("headline", ["United Nations Charter", "Reuters News Services", "Paris Saint Germain Fans"])
def test_a_name_in_capitals_is_no_headline_with_a_verb(read: Read, headline: str) -> None:
    assert read(f"{headline}\nNothing else is known.", heading=True)[0] == ()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The striker hit a late winner for the visitors.", id="sport"),
        pytest.param("The studio released a trailer on Friday.", id="released, but nobody"),
        pytest.param("The inventor calls it the future of flight.", id="naming"),
        pytest.param("Asked about the vote, the singer smiled.", id="asked, but for nothing"),
        pytest.param("The firm took charge of the kitchen.", id="no charge in court"),
        pytest.param("The probe struck a hopeful note.", id="figure of speech"),
        pytest.param("Firefighters battled the blaze for hours.", id="a fight against no one"),
    ],
)
def test_everyday_doings_are_no_events(read: Read, text: str) -> None:
    assert [event.type for event in read(text)[0]] == []


def test_score_is_how_likely_the_type_is(read: Read) -> None:
    plain, _, _, _ = read("Ethiopia imposed sanctions on Eritrea.")
    unclear, _, _, _ = read("Ethiopia gave Eritrea a hard time over the port.")
    assert [event.type for event in plain] == ["SANCTION"]
    assert 0.5 < plain[0].score <= 1
    assert all(event.score < plain[0].score for event in unclear)


def test_magnitudes_measure_the_act_and_no_other_clause(read: Read) -> None:
    events, _, quantities, parsed = read("Qatar gave $60 million to Yemen, which has 33 million people.")
    (event,) = (event for event in events if event.type == "AID")
    words = [parsed.words(one.span) for one in quantities if one.id in event.magnitudes]
    assert len(words) == 1
    assert "60" in words[0]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Libya attacked Chad and", id="a conjunction at the end"),
        pytest.param(", Libya attacked Chad", id="a comma at the beginning"),
        pytest.param("Libya attacked Chad, and then nobody spoke of it.", id="a clause that follows"),
    ],
)
def test_evidence_begins_and_ends_with_a_word_of_its_clause(read: Read, text: str) -> None:
    events, _, _, parsed = read(text)
    assert [parsed.words(event.evidence) for event in events] == ["Libya attacked Chad"]


def test_what_the_attribution_names_is_no_recipient(read: Read) -> None:
    text = "Since Armenia shelled the town, Turkey's ambassador to Armenia, Kemal Oz, said, the road is shut."
    events, mentions, _, _ = read(text)
    (event,) = (event for event in events if event.type == "ASSAULT")
    assert not {"TUR"} & {mentions[id].country for id in event.recipients}


def test_a_report_s_day_tells_background_from_news(read_text: ReadText, lexicon: Lexicon) -> None:
    document, parsed = read_text("Iraq invaded Kuwait in 1990.")
    mentions = find_mentions(parsed, document, lexicon)
    for day, status in (("2003-03-20", "historical"), ("1990-08-03", "actual")):
        published = Published(day, "day", "test")
        times = find_times(parsed, published, lexicon)
        events, _ = find_events(parsed, mentions, times, (), (), (), lexicon, published)
        assert [event.status for event in events] == [status], day


PLAIN_CASES = [case for case in read_cases() if case.grade == 1]


@pytest.mark.parametrize("case", PLAIN_CASES, ids=lambda case: f"{case.status}: {case.sentence}")
def test_plain_sentences_have_the_status_their_words_give(
    case: object, lexicon: Lexicon, parser: Parser, settings: Settings
) -> None:
    found = next(one for one in PLAIN_CASES if one is case)
    assert status_of(found, Tools(settings, lexicon, parser)) == found.status


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Three protesters were shot dead in Khartoum on Monday.", True),  # the way of harm
        ("Ten peacekeepers were killed on Friday, the defence ministry said.", True),  # who was harmed
        ("Forty people were wounded when a bomb exploded in Kabul.", True),  # another act of violence
        ("Eleven miners were killed in a gas explosion.", False),  # an accident
        ("The actress was attacked by critics.", False),  # words of war about something else
    ],
)
def test_harm_by_someone_not_named_is_kept(read: Read, text: str, told: bool) -> None:
    events, *_ = read(text)
    assert any(event.type == "ASSAULT" for event in events) == told


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        pytest.param(
            "Mali's minister accused of spying for Niger", [("ACCUSE", (), ("Mali's minister",))], id="passive headline"
        ),
        pytest.param(
            "Togo's former premier is expected to be arrested by soldiers in Ghana.",
            [("COERCE", ("soldiers in Ghana",), ("Togo's former premier",))],
            id="a passive under another verb keeps its undergoer",
        ),
        pytest.param(
            "Backed by Chad's army, the rebels attacked Bangui.",
            [("SUPPORT", ("Chad's army",), ("the rebels",)), ("ASSAULT", ("the rebels",), ())],
            id="a participle beside the clause is passive",
        ),
        pytest.param(
            "Angry farmers blocked the road to the Kenyan parliament.",
            [("PROTEST", ("Angry farmers",), ())],
            id="citizens who block a road protest",
        ),
        pytest.param(
            "Kenyan soldiers blocked the road to the border.",
            [("COERCE", ("Kenyan soldiers",), ())],
            id="soldiers who block a road coerce",
        ),
        pytest.param(
            "Hamas handed over two hostages to Egypt.", [("RETREAT", ("Hamas",), ())], id="hostages handed over"
        ),
        pytest.param(
            "Israel and Hamas exchanged prisoners.",
            [("RETREAT", ("Israel", "Hamas"), ())],
            id="what is swapped acts not",
        ),
        pytest.param(
            "Saudi warplanes bombed the town of Sadah on Friday, killing ten civilians.",
            [("ASSAULT", ("Saudi warplanes",), ("the town of Sadah", "ten civilians"))],
            id="those killed undergo it with the town",
        ),
        pytest.param(
            "Chile's president met his Bolivian counterpart.",
            [("CONSULT", ("Chile's president", "his Bolivian counterpart"), ())],
            id="a counterpart takes part",
        ),
        pytest.param(
            "Chile's president refused to discuss the border.",
            [("REJECT", ("Chile's president",), ())],
            id="a refusal names nobody else",
        ),
        pytest.param(
            "Houthi rebels fired missiles at Riyadh.", [("ASSAULT", ("Houthi rebels",), ("Riyadh",))], id="missiles at"
        ),
        pytest.param(
            "Kenya will cut ties with Somalia unless the troops leave.",
            [("THREATEN", ("Kenya",), ("Somalia",))],
            id="an unless makes a threat",
        ),
        pytest.param(
            "Chad pulled out of the treaty with Niger.", [("REJECT", ("Chad",), ("Niger",))], id="out of a treaty"
        ),
    ],
)
def test_sides_of_one_sentence(
    read: Read, text: str, wanted: list[tuple[str, tuple[str, ...], tuple[str, ...]]]
) -> None:
    events, mentions, _, parsed = read(text, heading=not text.endswith("."))

    def words(ids: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(parsed.words(mentions[id].span) for id in ids)

    found = [(event.type, words(event.actors), words(event.recipients)) for event in events]
    for type_, actors, recipients in wanted:
        assert (type_, actors) in [(one, left) for one, left, _ in found]
        assert not recipients or (type_, actors, recipients) in found


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The minister told the BBC that he was tired.", id="an interview is no talk with a broadcaster"),
        pytest.param("Iran's president gave a speech in Qom.", id="a speech in a place is no giving in"),
        pytest.param("Reporters have asked the Kremlin for comment.", id="a request for comment"),
        pytest.param("We arrived in Tbilisi at night.", id="a narrator is no actor"),
        pytest.param("Vietnam warned its citizens against travel to Laos.", id="advice to one's own"),
        pytest.param("Photo: Afghan soldiers patrol a street in Kabul.", id="a picture's credit"),
        pytest.param("Read more: why Iran attacked Iraq.", id="another story"),
        pytest.param("Sanctions that target Iran expired.", id="sanctions strike nobody"),
        pytest.param("The senator was asked about Cuba.", id="a question is no request"),
        pytest.param("A Treasury release of Monday named two banks in Malta.", id="words released, nobody let go"),
    ],
)
def test_what_is_no_act_of_anybody_is_no_event(read: Read, text: str) -> None:
    assert [(event.type, event.mode) for event in read(text)[0]] == []


@pytest.mark.parametrize(
    ("text", "cameo", "goldstein", "scale"),
    [
        ("Ethiopia imposed sanctions on Eritrea.", "163", -8, -6),
        ("Ethiopia's army shelled the Eritrean town of Senafe.", "194", -10, -9.5),
        ("Egypt's foreign minister visited Sudan.", "042", 1.9, 4),
    ],
)
def test_events_have_codes_and_values_of_their_type_and_mode(
    read: Read, text: str, cameo: str, goldstein: float, scale: float
) -> None:
    (event,) = read(text)[0]
    assert (event.cameo, event.goldstein, event.scale) == (cameo, goldstein, scale)
