"""The status of events, their days, and who tells them, in sentences of many crises."""

from collections.abc import Callable

import pytest

from onrecord.model.claims import NARRATOR, CueKind, PlaceRef, Quantity, Statement, TimeRef
from tests.extract.found_events import ASIA, BALKANS, GULF, TWO, Found, Names, mentions_of, span_of


@pytest.mark.parametrize(
    ("text", "names", "type_", "status"),
    [
        pytest.param("Chad invaded Sudan.", TWO, "ASSAULT", "actual", id="told as a fact"),
        pytest.param("Chad did not invade Sudan.", TWO, "ASSAULT", "negated", id="negation"),
        pytest.param("Chad left without attacking Sudan.", TWO, "ASSAULT", "negated", id="without"),
        pytest.param("Chad could invade Sudan.", TWO, "ASSAULT", "hypothetical", id="modal verb"),
        pytest.param("If Chad invades Sudan, prices rise.", TWO, "ASSAULT", "hypothetical", id="condition"),
        pytest.param("There are fears of an invasion of Sudan by Chad.", TWO, "ASSAULT", "hypothetical", id="fears"),
        pytest.param("Chad plans to invade Sudan.", TWO, "ASSAULT", "planned", id="plan"),
        pytest.param("Chad is considering sending food to Sudan.", TWO, "AID", "planned", id="considering"),
        pytest.param("Chad reportedly invaded Sudan.", TWO, "ASSAULT", "alleged", id="reportedly"),
        pytest.param("Sudan accused Chad of killing farmers.", TWO, "ASSAULT", "alleged", id="inside an accusation"),
        pytest.param("Sudan accused Chad of killing farmers.", TWO, "ACCUSE", "actual", id="the accusation itself"),
        pytest.param("Chad agreed to meet Sudan.", TWO, "AGREE", "actual", id="the agreement itself happened"),
        pytest.param("Chad refused to meet Sudan.", TWO, "REJECT", "actual", id="a refusal is not negated"),
        pytest.param("Chad could agree to meet Sudan.", TWO, "AGREE", "hypothetical", id="an agreement that may come"),
        pytest.param("Chad will release prisoners to Sudan.", TWO, "AGREE", "planned", id="future"),
        pytest.param(
            "Kuwait barred Iran from bombing Qatar.",
            GULF,
            "ASSAULT",
            "hypothetical",
            id="what is forbidden is not said not to have happened",
        ),
        pytest.param(
            "Kuwait prevented Iran from bombing Qatar.", GULF, "ASSAULT", "negated", id="what is prevented is"
        ),
        pytest.param(
            "Kuwait barred imports in response to the Iranian bombing of Qatar.",
            GULF,
            "ASSAULT",
            "actual",
            id="what is answered stands",
        ),
        pytest.param(
            "Kuwait denied visas to students after Iranian jets bombed Qatar.",
            GULF,
            "ASSAULT",
            "actual",
            id="what went before a denial stands",
        ),
        pytest.param(
            "Kosovo accused soldiers who had shelled Belgrade of theft.",
            BALKANS,
            "ASSAULT",
            "actual",
            id="what tells whom the accusation is of stands",
        ),
        pytest.param(
            "Chad urged Sudan to wait and expelled ambassadors from Sudan.",
            TWO,
            "SANCTION",
            "actual",
            id="what is joined to a demand is not demanded",
        ),
        pytest.param(
            "The villagers were accused of theft and Chad arrested them.",
            {**TWO, "them": None},
            "COERCE",
            "actual",
            id="what is joined to an accusation is not part of it",
        ),
        pytest.param(
            "State radio reported that Chad had shelled Sudan.",
            TWO,
            "ASSAULT",
            "actual",
            id="who reports a thing does not allege it",
        ),
        pytest.param("Reports that Chad shelled Sudan are false.", TWO, "ASSAULT", "negated", id="false reports"),
        pytest.param("Reports say Chad shelled Sudan.", TWO, "ASSAULT", "actual", id="reports that say"),
        pytest.param(
            "The rain made it impossible for Chad to attack Sudan.",
            TWO,
            "ASSAULT",
            "hypothetical",
            id="what is made impossible",
        ),
        pytest.param("Chad has no plans to meet Sudan.", TWO, "REJECT", "actual", id="having no plan is a refusal"),
    ],
)
def test_event_has_the_status_its_words_give(
    find: Callable[..., Found], text: str, names: Names, type_: str, status: str
) -> None:
    event = find(text, names).of(type_)
    assert event.status == status


def day(text: str, words: str, value: str) -> TimeRef:
    span = span_of(text, words)
    return TimeRef(f"ti_{span.start}", span, "DATE", value, "day", value, value)


def year(text: str, words: str) -> TimeRef:
    span = span_of(text, words)
    return TimeRef(f"ti_{span.start}", span, "DATE", words, "year", f"{words}-01-01", f"{words}-12-31")


def test_time_hangs_on_its_own_verb_before_any_other(find: Callable[..., Found]) -> None:
    text = "Chad attacked Sudan on Monday and Sudan expelled ambassadors from Chad on Friday."
    monday, friday = day(text, "Monday", "2023-05-01"), day(text, "Friday", "2023-05-05")
    found = find(text, TWO, times=(monday, friday))
    assert found.of("ASSAULT").time == monday.id
    assert found.of("SANCTION").time == friday.id


def test_time_stays_unknown_where_two_could_be_meant(find: Callable[..., Found]) -> None:
    text = "Between Monday and Friday nobody knew. Chad attacked Sudan."
    found = find(text, TWO, times=(day(text, "Monday", "2023-05-01"), day(text, "Friday", "2023-05-05")))
    assert found.of("ASSAULT").time is None


def test_time_of_another_trigger_or_a_lower_clause_is_not_taken(find: Callable[..., Found]) -> None:
    text = (
        "Chad condemned Sudan, which had been silent since Monday. Chad sent food to Sudan after the talks on Friday."
    )
    found = find(text, TWO, times=(day(text, "Monday", "2023-05-01"), day(text, "Friday", "2023-05-05")))
    assert found.of("ACCUSE").time is None
    assert found.of("AID").time is None


def test_time_of_the_clause_above_is_taken(find: Callable[..., Found]) -> None:
    text = "On Monday, Chad said that it was sending food to Sudan."
    monday = day(text, "Monday", "2023-05-01")
    assert find(text, {**TWO, "it": "TCD"}, times=(monday,)).of("AID").time == monday.id


def test_time_of_what_goes_along_is_taken(find: Callable[..., Found]) -> None:
    text = "Speaking in the capital on Monday, Chad condemned Sudan."
    monday = day(text, "Monday", "2023-05-01")
    assert find(text, TWO, times=(monday,)).of("ACCUSE").time == monday.id


def test_what_has_happened_has_no_date_to_come(find: Callable[..., Found]) -> None:
    text = "Chad sent food to Sudan, 2031 permitting. Sudan expelled ambassadors from Chad on Monday."
    found = find(text, TWO, times=(year(text, "2031"), day(text, "Monday", "2023-05-01")))
    assert found.of("AID").time is None


def test_event_long_before_the_latest_day_is_historical(find: Callable[..., Found]) -> None:
    text = "Chad invaded Sudan in 2008. Sudan expelled ambassadors from Chad on Monday."
    found = find(text, TWO, times=(year(text, "2008"), day(text, "Monday", "2023-05-01")))
    assert found.of("ASSAULT").status == "historical"
    assert found.of("SANCTION").status == "actual"


def test_magnitudes_and_place_are_those_of_the_clause(find: Callable[..., Found]) -> None:
    text = "Japan sent 40 tonnes of rice to Taiwan. China has 9 ports."
    rice, ports = span_of(text, "40 tonnes"), span_of(text, "9 ports")
    quantities = (
        Quantity("qu_1", rice, 40, None, None, "tonnes", "exactly", "rice"),
        Quantity("qu_2", ports, 9, None, None, "ports", "exactly", "ports"),
    )
    place = PlaceRef("pl_1", span_of(text, "Taiwan"), "Taiwan", "literal", "TWN", 23.7, 121.0, None, "country")
    event = find(text, ASIA, quantities=quantities, places=(place,)).of("AID")
    assert event.magnitudes == ("qu_1",)
    assert event.place == "pl_1"


def test_visited_place_becomes_a_mention_of_its_state(find: Callable[..., Found]) -> None:
    text = "Iran's minister visited Doha."
    doha = PlaceRef("pl_1", span_of(text, "Doha"), "Doha", "literal", "QAT", 25.3, 51.5, None, "city")
    found = find(text, {"Iran's minister": "IRN"}, places=(doha,))
    assert found.sides(found.of("CONSULT")) == (("Iran's minister",), ("Doha",))


def statement(text: str, content: str, speaker: str | None, kind: CueKind = "say") -> Statement:
    return Statement("st_1", "direct", (span_of(text, content),), None, kind, speaker)


def test_event_inside_a_statement_is_told_by_it(find: Callable[..., Found]) -> None:
    text = "“Chad attacked Sudan,” a monitor said."
    said = statement(text, "Chad attacked Sudan", None)
    assert find(text, TWO, statements=(said,)).of("ASSAULT").told_by == said.id
    assert find(text, TWO).of("ASSAULT").told_by == NARRATOR


def test_event_inside_a_claim_is_alleged(find: Callable[..., Found]) -> None:
    text = "“Chad attacked Sudan,” a monitor claimed."
    said = statement(text, "Chad attacked Sudan", None, "claim")
    assert find(text, TWO, statements=(said,)).of("ASSAULT").status == "alleged"


@pytest.mark.parametrize(
    ("text", "cue", "content", "kind", "status"),
    [
        pytest.param("Sudan condemned the shelling of Chad by Libya.", "condemned", "the shelling of Chad by Libya",
                     "accuse", "actual", id="who condemns a deed takes it for granted"),
        pytest.param("Sudan decried the shelling of Chad by Libya.", "decried", "the shelling of Chad by Libya", "deny",
                     "actual", id="so does who decries it"),
        pytest.param("Libya defended its shelling of Chad.", "defended", "its shelling of Chad", "claim", "actual",
                     id="so does who defends it"),
        pytest.param("Sudan denied that Libya shelled Chad.", "denied", "Libya shelled Chad", "deny", "negated",
                     id="who denies it does not"),
        pytest.param("Sudan accused Libya of shelling Chad.", "accused", "Libya of shelling Chad", "accuse", "alleged",
                     id="nor who accuses somebody of it"),
        pytest.param("Sudan claimed Libya had shelled Chad.", "claimed", "Libya had shelled Chad", "claim", "alleged",
                     id="nor who claims it"),
        pytest.param("Sudan claimed that rebels who had shelled Chad were free.", "claimed",
                     "rebels who had shelled Chad were free", "claim", "actual",
                     id="what is claimed is not what tells of whom"),
    ],
)  # fmt: skip
def test_event_is_doubted_by_the_statement_that_is_of_it(
    find: Callable[..., Found], text: str, cue: str, content: str, kind: CueKind, status: str
) -> None:
    said = Statement("st_1", "indirect", (span_of(text, content),), span_of(text, cue), kind, None)
    found = find(text, {"Sudan": "SDN", "Chad": "TCD", "Libya": "LBY", "its": "LBY"}, statements=(said,))
    assert found.of("ASSAULT").status == status


def test_us_the_state_is_not_the_speaker(find: Callable[..., Found]) -> None:
    text = "Chad denounced the US military assistance to Sudan."
    names = {"Chad": "TCD", "US": "USA", "Sudan": "SDN"}
    speaker = next(mention for mention in mentions_of(text, names) if mention.name == "Chad")
    said = statement(text, "the US military assistance to Sudan", speaker.id, "accuse")
    found = find(text, names, statements=(said,))
    assert found.sides(found.of("AID")) == (("US",), ("Sudan",))


def test_we_in_a_quotation_is_the_speaker(find: Callable[..., Found]) -> None:
    text = "“We condemn Chad,” said Sudan."
    names = {**TWO, "We": None}
    speaker = next(mention for mention in mentions_of(text, names) if mention.name == "Sudan")
    found = find(text, names, statements=(statement(text, "We condemn Chad", speaker.id),))
    assert found.sides(found.of("ACCUSE")) == (("Sudan",), ("Chad",))
