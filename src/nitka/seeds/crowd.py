"""What people say of the goods: reviews and questions of nobody, made by the rules of `shop/crowd/rules.json`.

How many stars of each kind a product gets is counted out by largest remainder, so the shares are the ones that stand in
the rules. Words are put together of whole sentences that people wrote for this, never of halves, so that every language
stays right. The same rules give the same crowd. All of it is marked as demo data.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from nitka.ground import clock
from nitka.ground.money import split
from nitka.seeds import files
from nitka.shelf.catalog import queries as goods
from nitka.shelf.reviews import actions as reviews
from nitka.shelf.reviews.actions import AnswerDraft, QuestionDraft, ReviewDraft

SUPPLIES = ("voks", "sape")  # used up rather than lived with
TRIES = 40


def put_crowd(product_ids: Mapping[str, UUID]) -> int:
    """Aspects, reviews and questions, for a shop that has none of them. Returns how many reviews there are."""
    _put_aspects()
    put = reviews.put_reviews(drafts=list(review_drafts(product_ids)), source="demo", demo=True)
    reviews.put_questions(drafts=list(question_drafts(product_ids)), demo=True)
    return put.created


def _put_aspects() -> None:
    rules = files.read("crowd/rules.json")
    categories = {node.handle: node.id for node in goods.category_tree()}
    for shelf, codes in rules["aspects"].items():
        names = [(code, rules["aspect_names"][code]) for code in codes]
        reviews.put_aspects(category_id=categories.get(shelf), aspects=names)


def stars(handle: str) -> list[int]:
    """The stars that a product gets, in no order that means anything."""
    rules = files.read("crowd/rules.json")
    kind, count = rules["products"][handle]
    counts = split(count, rules["kinds"][kind])
    found = [rating for rating, times in enumerate(counts, 1) for _ in range(times)]
    random.Random(handle).shuffle(found)  # noqa: S311 (nothing is kept secret by it)
    return found


def tongues(count: int) -> list[str]:
    """Who speaks what, in the shares of the rules."""
    shares = dict(files.read("crowd/rules.json")["languages"])
    counts = split(count, list(shares.values()))
    found = [language for language, times in zip(shares, counts, strict=True) for _ in range(times)]
    random.Random("tongues").shuffle(found)  # noqa: S311
    return found


def review_drafts(product_ids: Mapping[str, UUID]) -> Iterator[ReviewDraft]:
    """Everything that was said in fourteen months, and what came in the last two days and waits for a look."""
    rules = files.read("crowd/rules.json")
    rated = [(handle, rating, n) for handle in rules["products"] for n, rating in enumerate(stars(handle))]
    said: set[tuple[str, str]] = set()
    spoken = tongues(len(rated))
    for (handle, rating, n), language in zip(rated, spoken, strict=True):
        yield _review(product_ids[handle], _Voice(handle, n, rating, language, rules, said), rules)
    for n, handle in enumerate(list(rules["products"])[: rules["waiting"]]):
        voice = _Voice(handle, 1000 + n, (5, 4, 2, 5, 3, 4)[n % 6], spoken[n], rules, said)
        yield _review(product_ids[handle], voice, rules, waits=True)


def _review(product_id: UUID, voice: "_Voice", rules: Mapping[str, Any], waits: bool = False) -> ReviewDraft:
    chance, now = voice.chance, clock.now()
    longest = rules["young"].get(voice.handle, rules["months"] * 30)
    age = chance.uniform(0.1, 2) if waits else 3 + (longest - 3) * chance.random() ** 1.4
    at = _at_daytime(now - timedelta(days=age), chance)
    answered = not waits and voice.rating <= 3 and chance.random() * 100 < rules["answered_percent"]
    title, body = voice.words()
    return ReviewDraft(
        product_id=product_id, key=f"demo-{voice.handle}-{voice.number}", rating=voice.rating, title=title, body=body,
        language=voice.language, nickname=chance.choice(voice.told["names"]), aspects=voice.aspects(),
        verified=chance.random() * 100 < rules["verified_percent"], state="waiting" if waits else "published",
        helpful=0 if waits else int(chance.random() ** 2 * 12), unhelpful=int(not waits and chance.random() < 0.1),
        answer=chance.choice(voice.told["replies"]) if answered else "",
        answered_at=min(at + timedelta(days=chance.randint(1, 3)), now) if answered else None, created_at=at,
    )  # fmt: skip


def _at_daytime(at: datetime, chance: random.Random) -> datetime:
    return min(at.replace(hour=chance.randint(7, 20), minute=chance.randint(0, 59)), clock.now())


class _Voice:
    """One person who has one product: what they say of it."""

    def __init__(
        self, handle: str, number: int, rating: int, language: str, rules: Mapping[str, Any], said: set[tuple[str, str]]
    ) -> None:
        self.handle, self.number, self.rating, self.language, self.said = handle, number, rating, language, said
        self.chance = random.Random(f"{handle}-{number}")  # noqa: S311
        self.told = files.read(f"crowd/{language}.json")
        self.rules = rules
        shelf = files.product(handle)["category"]
        self.shelf, self.topic = shelf, "supplies" if handle in SUPPLIES else shelf
        self.tier = str(rating) if rating > 2 else "low"

    def words(self) -> tuple[str, str]:
        """A title, which some leave out, and a text that nobody else wrote of this product."""
        title = self.chance.choice(self.told["titles"][self.tier]) if self.chance.random() < 0.75 else ""
        for _ in range(TRIES):
            body = " ".join(dict.fromkeys(self._sentences()))
            if (self.handle, body) not in self.said:
                break
        self.said.add((self.handle, body))
        return title, body

    def _sentences(self) -> list[str]:
        pick, share = self.chance.choice, self.chance.random
        opener, own = pick(self._openers()), self.told["of"][self.handle]
        praise, doubts = self._fitting("praise"), self._fitting("doubt")
        doubt = [pick(doubts)] if doubts else []
        if self.rating <= 2:
            return [opener, *doubt]
        if self.rating == 3:
            return [opener, *doubt, *([pick(praise)] if share() < 0.5 else [])]
        if self.rating == 4:
            return [opener, own if share() < 0.4 else pick(praise), *(doubt if share() < 0.6 else [])]
        found = [opener] if share() < 0.7 else []
        found += [own] if share() < 0.6 else []
        return [*found, pick(praise), *([pick(self.told["closers"])] if share() < 0.4 else [])]

    def _openers(self) -> Sequence[str]:
        openers: Sequence[str] = self.told["openers"][self.tier]
        return openers[1:] if self.topic == "supplies" and len(openers) > 1 else openers

    def _fitting(self, mood: str) -> list[str]:
        """The sentences of the shelf without those that are not true of this product."""
        unfit = self.rules["unfit"].get(self.handle, {}).get(mood, ())
        return [each for n, each in enumerate(self.told[mood][self.topic]) if n not in unfit]

    def aspects(self) -> dict[str, int]:
        """Near the stars; one in four says stars alone."""
        if self.chance.random() < 0.25:
            return {}
        codes = [*self.rules["aspects"]["all"], *self.rules["aspects"][self.shelf]]
        return {code: min(5, max(1, self.rating + self.chance.choice((-1, 0, 0, 0, 1)))) for code in codes}


def question_drafts(product_ids: Mapping[str, UUID]) -> Iterator[QuestionDraft]:
    """Questions with what the shop and sometimes a buyer answered; the newest still wait."""
    for n, each in enumerate(files.read("crowd/questions.json")):
        at = clock.now() - timedelta(days=each["days_ago"], hours=3)
        answers = []
        if "answer" in each:
            answers.append(AnswerDraft(body=each["answer"], created_at=at + timedelta(hours=20)))
        if buyer := each.get("buyer"):
            answers.append(
                AnswerDraft(body=buyer["answer"], by="buyer", nickname=buyer["name"], created_at=at + timedelta(days=4))
            )
        yield QuestionDraft(
            product_id=product_ids[each["product"]], key=f"demo-question-{n}", body=each["question"],
            language=each["language"], nickname=each["name"], state="published" if answers else "waiting",
            answers=answers, created_at=at,
        )  # fmt: skip
