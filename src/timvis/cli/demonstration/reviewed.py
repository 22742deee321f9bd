"""Stations two and three for an example: what the rules say, what the officer says, what it comes to."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from timvis.apps.claims.actions import Calculated, Reviewed, calculate_claim, give_word, review_claim
from timvis.cli.demonstration.cast import Cast, done
from timvis.cli.demonstration.told import DemonstrationStopped
from timvis.core.access import Role
from timvis.core.law import LawBook
from timvis.core.review.finding import NEEDS_WORD, Finding, WordKind
from timvis.core.review.rule import Severity

Table = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What the officer of an example says about one rule's findings on one claim."""

    word: WordKind
    reason: str


ACCEPTED = Said(word=WordKind.ACCEPT, reason="")


class Words:
    """The words of an example, by month, claim and rule; what refuses is accepted when nothing else is said."""

    def __init__(self, tables: Iterable[Table]) -> None:
        self._said = {
            (one["month"], one["claim"], one["code"]): Said(word=WordKind(one["word"]), reason=one.get("reason", ""))
            for one in tables
        }
        self._used: set[tuple[date, str, str]] = set()

    def on(self, month_on: date, claim: str, finding: Finding) -> Said:
        """Return what is said of a finding. Raises `DemonstrationStopped` when the example says nothing."""
        place = (month_on, claim, finding.code)
        self._used.add(place)
        if place in self._said:
            return self._said[place]
        if finding.severity is Severity.REFUSES:
            return ACCEPTED
        raise DemonstrationStopped(f"words.toml säger inget om {finding.code} på {claim} {month_on:%Y-%m}")

    def unused(self) -> Iterator[str]:
        """Yield the words that no finding ever asked for."""
        for month_on, claim, code in sorted(self._said.keys() - self._used):
            yield f"{month_on:%Y-%m} {claim}: {code}"


def review(cast: Cast, claim: str, number: str, *, law: LawBook, now: datetime) -> Reviewed:
    """Review a claim."""
    return done(review_claim(cast.officer(Role.CASE_OFFICER, now), number, law=law, now=now), claim)


def give_words(
    cast: Cast, words: Words, claim: str, number: str, month_on: date, reviewed: Reviewed, *, now: datetime
) -> bool:
    """Give the example's word on every finding that needs one; return whether the claim may now be calculated."""
    by_word: dict[Said, list[str]] = {}
    for finding in reviewed.findings:
        if finding.severity in NEEDS_WORD:
            by_word.setdefault(words.on(month_on, claim, finding), []).append(finding.key)
    officer = cast.officer(Role.CASE_OFFICER, now)
    for said, keys in by_word.items():
        done(give_word(officer, number, keys, said.word, reason=said.reason, now=now), claim)
    return all(said.word is not WordKind.ASK for said in by_word)


def calculate(cast: Cast, claim: str, number: str, *, law: LawBook, now: datetime) -> Calculated:
    """Calculate a reviewed claim. Raises `LawGap`."""
    officer = cast.officer(Role.CASE_OFFICER, now)
    return done(calculate_claim(officer, number, law=law, now=now), claim)


def by_rule(reviewed: Iterable[Reviewed]) -> Counter[str]:
    """Return how many findings each rule gave."""
    return Counter(finding.code for one in reviewed for finding in one.findings)
