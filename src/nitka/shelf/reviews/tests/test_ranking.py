"""The Bayesian mean against figures that others published, and what must hold of it."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from nitka.shelf.reviews.ranking import bayesian_mean, hundredths


def test_it_is_the_worked_example_of_a_published_imdb_formula() -> None:
    # wowwebdesigns.com/formula.php: WR = (6/10) · 5.33 + (4/10) · 7.18 = 6.07
    found = bayesian_mean(Fraction("5.33") * 6, 6, Fraction("7.18"), 4)  # type: ignore[arg-type]
    assert round(float(found), 2) == 6.07


def test_it_is_the_worked_example_with_the_mean_number_of_votes_as_weight() -> None:
    # pastebin.com/ACm0bFEC: ((18 · 3.7) + (6 · 4)) / (18 + 6) = 3.775
    assert bayesian_mean(24, 6, Fraction("3.7"), 18) == Fraction("3.775")


def test_a_hundred_good_opinions_stand_above_a_single_perfect_one() -> None:
    # stats.stackexchange.com/questions/248555: 100 opinions of 4.5 against one of 5, with m = 40 and C = 4.2
    many, one = bayesian_mean(450, 100, Fraction("4.2"), 40), bayesian_mean(5, 1, Fraction("4.2"), 40)
    assert many > one


@given(st.lists(st.integers(1, 5), max_size=60), st.integers(100, 500))
def test_it_lies_between_the_own_mean_and_the_shops(stars: list[int], prior: int) -> None:
    mean = Fraction(prior, 100)
    found = bayesian_mean(sum(stars), len(stars), mean)
    own = Fraction(sum(stars), len(stars)) if stars else mean
    assert min(own, mean) <= found <= max(own, mean)


def test_the_mean_in_hundredths_is_rounded_half_up() -> None:
    assert (hundredths(13, 3), hundredths(9, 2), hundredths(0, 0), hundredths(1, 200)) == (433, 450, 0, 1)
