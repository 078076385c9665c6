import time

from nitka.ground import ids


def test_ids_are_version_7_and_keep_their_order() -> None:
    made = [ids.new_id() for _ in range(5000)]
    assert made == sorted(made)
    assert len(set(made)) == 5000
    assert {one.version for one in made} == {7}
    assert abs((made[0].int >> 80) - time.time_ns() // 1_000_000) < 60_000


def test_codes_are_read_as_people_type_them() -> None:
    assert ids.read_code(" nk-7f3q-2m ") == "NK-7F3Q-2M"
    assert ids.read_code("NK-OILA-00") == "NK-011A-00"


def test_codes_have_letters_that_cannot_be_mistaken() -> None:
    code = ids.new_code("NK")
    assert code.startswith("NK-")
    assert not set(code[3:]) & set("ILOU")
