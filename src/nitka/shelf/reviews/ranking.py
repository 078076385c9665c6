"""How products compare by their stars."""

from fractions import Fraction

# A product's own stars count as much as the shop's mean once it has so many.
PRIOR_WEIGHT = 5


def bayesian_mean(total: int, count: int, prior_mean: Fraction, prior_weight: int = PRIOR_WEIGHT) -> Fraction:
    """The mean that a product would have if it also had `prior_weight` ratings of the shop's mean.

    WR = v/(v+m) · R + m/(v+m) · C, the "true Bayesian estimate" that IMDb published for its Top 250: v ratings with the
    mean R = total/v, m the weight of the prior, C the mean of all ratings. With no rating at all it is the prior.
    """
    return (total + prior_weight * prior_mean) / (count + prior_weight)


def hundredths(total: int, count: int) -> int:
    """The mean in hundredths, half up: 13 stars of 3 people are 433."""
    return (200 * total + count) // (2 * count) if count else 0
