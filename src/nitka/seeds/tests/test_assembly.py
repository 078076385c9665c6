"""Assembly manuals: every part is put on once, every bolt is in the box, and the PDFs are there."""

import re

import pytest

from nitka.seeds import assembly, files

GUIDES = files.read("assembly.json")
HANDLES = pytest.mark.parametrize("handle", GUIDES["products"])


def test_what_needs_assembly_has_a_manual_and_nothing_else_has() -> None:
    needs = {product["handle"] for product in files.products() if product["attributes"].get("assembly")}
    assert set(GUIDES["products"]) == needs
    assert {path.stem for path in (files.SHOP / "assembly").iterdir()} == needs


@HANDLES
def test_every_part_is_put_on_exactly_once(handle: str) -> None:
    every = sorted(assembly.part_names(handle))
    steps = GUIDES["products"][handle]["steps"]
    put = [name for step in steps for kind in step["new"] for name in assembly.names_of(kind, every)]
    assert sorted(put) == every
    assert {name.partition(".")[0] for name in every} == set(GUIDES["products"][handle]["parts"])


@HANDLES
def test_texts_and_hardware_of_its_steps_are_known(handle: str) -> None:
    said = GUIDES["products"][handle]
    assert all(step["text"] in GUIDES["texts"] for step in said["steps"])
    assert assembly.in_the_box(said).keys() <= GUIDES["hardware"].keys()
    assert files.product(handle)["attributes"]["assembly_minutes"] > 0


def test_no_sentence_is_left_unused() -> None:
    used = {step["text"] for said in GUIDES["products"].values() for step in said["steps"]}
    assert used == GUIDES["texts"].keys()


@HANDLES
def test_the_manual_is_a_small_pdf_with_a_page_for_each_step(handle: str) -> None:
    content = assembly.path_of(handle).read_bytes()
    assert content.startswith(b"%PDF") and len(content) < 400_000
    pages = len(GUIDES["products"][handle]["steps"]) + 2
    assert re.search(rb"/Count %d\b" % pages, content) or content.count(b"/Type/Page\b") in (0, pages)
