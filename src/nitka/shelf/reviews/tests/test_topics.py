from nitka.shelf.reviews.topics import topics_of


def test_words_of_several_people_are_counted_once_a_person_by_stem() -> None:
    texts = [(1, "The cushions are soft. The cushions!"), (2, "A soft cushion."), (3, "Cushion came, soft as hoped")]
    found = topics_of(texts, "en")
    assert {(topic.words, len(topic.ids)) for topic in found} >= {("soft", 3)}
    assert next(topic for topic in found if "cushion" in topic.words).ids == (1, 2, 3)


def test_a_pair_takes_the_place_of_its_words() -> None:
    texts = [(n, "Easy assembly, and sturdy legs.") for n in range(4)]
    assert [topic.words for topic in topics_of(texts, "en")] == ["easy assembly", "sturdy legs"]


def test_what_one_or_two_people_say_is_no_topic() -> None:
    assert topics_of([(1, "Wobbly legs"), (2, "Wobbly legs")], "en") == []


def test_the_products_own_name_and_empty_words_are_none() -> None:
    texts = [(n, "I really love this oak chair, it is very good") for n in range(5)]
    assert topics_of(texts, "en", leave_out=("Oak chair",)) == []


def test_every_language_is_counted_by_its_own_stems() -> None:
    texts = {
        "pl": ["Wygodne siedzisko", "Siedzisko jest wygodne", "Wygodnego siedziska szukałam"],
        "ru": ["Удобное сиденье", "Сиденье удобное", "С удобным сиденьем"],
        "nb": ["Behagelig sete", "Setet er behagelig", "Et behagelig sete"],
        "bg": ["Удобна седалка", "Седалката е удобна", "С удобната седалка"],
        "hy": ["Հարմար նստատեղ", "Նստատեղը հարմար է", "Հարմար նստատեղով"],
    }
    for language, said in texts.items():
        found = topics_of(enumerate(said), language)
        assert max(len(topic.ids) for topic in found) == 3, (language, found)
