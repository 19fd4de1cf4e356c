"""The search understands mistakes, the thesaurus, versions and twins, and says what it did."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.search_api.house import House

INSURANCE = "# Versicherung\n\nDie Haftpflichtversicherung deckt Schäden auf der Fahrt.\n"
GRANT = "# Zuschuss\n\nDen Vorschuss zahlt die Stiftung vier Wochen vorher aus.\n"


def test_a_mistyped_question_finds_its_passage_and_names_the_correction(house: House) -> None:
    house.write("handbuch/a.md", INSURANCE)
    house.write("handbuch/b.md", GRANT)
    house.publish()
    answer = house.search("haftpflichtversicherrung").json()
    assert answer["hits"][0]["document"]["source"] == "handbuch/a.md"
    assert answer["corrections"] == [
        {"written": "haftpflichtversicherrung", "meant": "Haftpflichtversicherung"}
    ]
    assert "corrections" not in house.search("Haftpflichtversicherung").json()


def test_a_compound_is_found_by_its_parts_and_the_other_way_round(house: House) -> None:
    house.write("handbuch/a.md", INSURANCE)
    house.write("handbuch/b.md", GRANT)
    house.publish()
    assert house.sources("Versicherung für Haftpflicht")[0] == "handbuch/a.md"


def test_the_thesaurus_acts_at_once_and_a_broken_one_breaks_nothing(house: House) -> None:
    house.write("handbuch/a.md", INSURANCE)
    house.write("handbuch/b.md", GRANT)
    house.publish()
    assert "expansions" not in house.search("Mittelabruf").json()
    house.write("thesaurus.yaml", "equivalents:\n  - [Mittelabruf, Vorschuss]\n")
    answer = house.search("Mittelabruf").json()
    assert answer["expansions"] == [{"word": "Mittelabruf", "means": ["Vorschuss"]}]
    assert answer["hits"][0]["document"]["source"] == "handbuch/b.md"
    house.write("thesaurus.yaml", "equivalents: [[allein]]\n")
    assert house.search("Mittelabruf").json()["expansions"] == answer["expansions"]


def test_an_explanation_says_how_each_score_comes_about(house: House) -> None:
    house.write("handbuch/a.md", INSURANCE)
    house.write("handbuch/b.md", GRANT)
    house.publish()
    answer = house.search("Wer zahlt den Vorschus?", explain=True).json()
    first = answer["hits"][0]
    why = first["explanation"]
    assert first["score"] - (why["similarity"] + why["terms_weight"] * why["terms_score"]) < 0.01
    assert {each["term"] for each in why["matched_terms"]} == {"zahl", "vorschuss"}
    assert answer["explanation"]["wordings"] == ["Wer zahlt den Vorschus?", "Wer zahlt den Vorschuss?"]
    assert any("»Vorschus« steht in keiner Quelle" in each for each in answer["explanation"]["sentences"])
    plain = house.search("Wer zahlt den Vorschus?").json()
    assert "explanation" not in plain
    assert "explanation" not in plain["hits"][0]


def test_of_two_versions_the_newer_comes_first_and_twins_are_one_hit(house: House) -> None:
    old = "---\nyear: 2021\n---\n# Fonds Brücke\n\nDer Fonds Brücke zahlt höchstens 3.000 Euro je Fahrt.\n"
    house.write("foerderung/fonds-2021.md", old)
    house.write("foerderung/fonds-2026.md", old.replace("2021", "2026").replace("3.000", "5.000"))
    house.write("handbuch/kopie.md", INSURANCE)
    house.write("handbuch/original.md", INSURANCE)
    house.publish()
    answer = house.search("Was zahlt der Fonds Brücke je Fahrt höchstens?").json()
    sources = [hit["document"]["source"] for hit in answer["hits"]]
    assert sources[:2] == ["foerderung/fonds-2026.md", "foerderung/fonds-2021.md"]
    assert answer["hits"][1]["newer_version"]["source"] == "foerderung/fonds-2026.md"
    assert "newer_version" not in answer["hits"][0]
    (twin,) = [hit for hit in answer["hits"] if hit["document"]["source"].startswith("handbuch/")]
    assert len(twin["also_in"]) == 1


def test_a_document_can_be_asked_to_say_all_it_has(house: House) -> None:
    sections = "\n\n".join(f"## Punkt {'x' * n}\n\nFahrt Nummer {n} nach Lille." for n in range(1, 9))
    house.write("handbuch/a.md", f"# Fahrten\n\n{sections}\n")
    for letter in "bcdefghi":
        house.write(f"handbuch/{letter}.md", f"# Blatt {letter}\n\nEine Fahrt mit {letter * 5}.\n")
    house.publish()
    assert house.sources("Fahrt nach Lille").count("handbuch/a.md") == 3
    assert house.sources("Fahrt nach Lille", per_document=0).count("handbuch/a.md") == 8


def test_as_it_was_written_nothing_is_put_right_and_nothing_added(house: House) -> None:
    house.write("handbuch/a.md", INSURANCE)
    house.write("handbuch/b.md", GRANT)
    house.write("thesaurus.yaml", "equivalents:\n  - [Mittelabruf, Vorschuss]\n")
    house.publish()
    for question in ("haftpflichtversicherrung", "Mittelabruf"):
        helped, exact = house.search(question).json(), house.search(question, as_written=True).json()
        assert helped["corrections" if "corrections" in helped else "expansions"]
        assert not {"corrections", "expansions"} & set(exact)
        assert exact["hits"][0]["score"] < helped["hits"][0]["score"]
        assert exact["verdict"] == "none"
    assert house.sources("Versicherungen für Haftpflicht", as_written=True)[0] == "handbuch/a.md"


def test_the_page_asks_what_was_typed_if_it_is_told_to(house: House) -> None:
    house.write("handbuch/a.md", INSURANCE)
    house.publish()
    asked = {"q": "Haftpflichtversicherrung"}
    assert "Gesucht wurde auch:" in house.client.get("/suche", params=asked).text
    assert "Gesucht wurde auch:" not in house.client.get("/suche", params={**asked, "wortgetreu": "1"}).text
