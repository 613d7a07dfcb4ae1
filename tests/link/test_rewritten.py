"""Paraphrases: one report rewritten sentence by sentence, against two reports that only share their subject."""

from __future__ import annotations

from onrecord.lexicon.words import load_function_words
from onrecord.link.copies import find_rewritten
from onrecord.link.reports import Bond, read_report
from tests.link.builders import Draft, link, make_document

ORIGINAL = """Talks on Prevlaka
Envoys of Croatia and Montenegro sat down in Dubrovnik on 5 June to settle the border at Prevlaka.
The talks, chaired by Cyrus Vance, began two hours late after a row over a flag at the Hotel Argentina.
Zagreb has offered a zone without troops reaching 12 kilometres from Cape Ostra.
Podgorica wants the fishermen of Herceg Novi to keep their licences until 2004.
Observers of the United Nations have watched the peninsula since October 1992.
Their chief, Colonel Graeme Williams, told both sides that 27 men could not guard it for ever.
Milo Djukanovic is expected to speak in Cetinje on Friday about the offer.
In Zagreb the paper Vjesnik called the plan a gift to Belgrade.
The next meeting is set for 19 June in Kotor, the office of Lord Owen said."""
REWRITTEN = """Negotiation at Prevlaka
On 5 June representatives from Croatia and Montenegro gathered inside Dubrovnik, hoping to resolve Prevlaka's frontier.
Meeting under Cyrus Vance started a pair of hours behind plan because of quarrels regarding banners in Hotel Argentina.
A strip free of soldiers that stretches 12 km off Cape Ostra was proposed by Zagreb.
It is the wish of Podgorica that fishing men from Herceg Novi hold on to permits up to 2004.
Monitoring of that headland by the United Nations goes back as far as October 1992.
Colonel Graeme Williams, who leads them, warned either party 27 persons can't protect the place eternally.
Remarks upon this proposal are anticipated Friday by Milo Djukanovic at Cetinje.
Newspaper Vjesnik, of Zagreb, described it as a present for Belgrade.
Another round will take place 19 June at Kotor, according to Lord Owen's bureau."""
INDEPENDENT = """Border talks open
Lord Owen flew to Kotor to say that he hoped for a settlement by 19 June at the latest.
Belgrade has watched the talks with unease, and Vjesnik, in Zagreb, has mocked them.
There was a row at the Hotel Argentina, where Cyrus Vance kept everybody waiting.
Milo Djukanovic was not in Dubrovnik; he spent the day in Cetinje.
The fishermen of Herceg Novi have their own view of the border.
The United Nations sent Colonel Graeme Williams, a New Zealander who has been there since October 1992.
From Cape Ostra one sees the masts of both navies, 12 kilometres apart.
The envoys of Croatia and Montenegro smiled for the cameras on 5 June.
Prevlaka itself is empty, but for rabbits and 27 men with blue helmets."""


def paraphrases(*texts: str) -> tuple[Bond, ...]:
    reports = [read_report(document, document.published) for document in map(make_document, texts)]
    return find_rewritten(reports, (), load_function_words())


def test_rewritten_report_is_found() -> None:
    (bond,) = paraphrases(ORIGINAL, REWRITTEN)
    assert bond.one_text
    assert bond.paraphrased
    assert min(bond.left_share, bond.right_share) > 0.6


def test_independent_report_with_all_the_same_names_is_not() -> None:
    assert paraphrases(ORIGINAL, INDEPENDENT) == ()
    assert paraphrases(REWRITTEN, INDEPENDENT) == ()


def test_short_reports_are_left_alone() -> None:
    assert paraphrases(*("\n".join(text.splitlines()[:2]) for text in (ORIGINAL, REWRITTEN))) == ()


def test_rewritten_and_cut_report_is_found() -> None:
    (bond,) = paraphrases(ORIGINAL, "\n".join(REWRITTEN.splitlines()[:8]))
    assert bond.paraphrased
    assert min(bond.left_share, bond.right_share) < 0.7 < max(bond.left_share, bond.right_share)


def test_lineage_names_the_paraphrase() -> None:
    first, second = make_document(ORIGINAL, "Glas", "1999-06-06"), make_document(REWRITTEN, "Echo", "1999-06-07")
    (lineage,) = link([Draft(first), Draft(second)]).lineages
    (copy,) = lineage.copies
    assert (copy.document, copy.of, copy.kind) == (second.id, first.id, "paraphrased")
    assert lineage.origin.outlet == "Glas"
