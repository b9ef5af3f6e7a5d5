"""Does a vocabulary hold together? Findings with a severity and the mend.

One pass of each check over a scheme; each takes time in proportion to the scheme, but for looking
above related concepts, which also grows with the height of the hierarchy.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from contactpoint.vocabulary.check import labels, matches, relations
from contactpoint.vocabulary.check.finding import (
    RULES,
    SEVERITIES,
    Finding,
    Rule,
    Severity,
    Survey,
)
from contactpoint.vocabulary.check.labels import expected_languages
from contactpoint.vocabulary.model import Scheme

__all__ = [
    "RULES",
    "SEVERITIES",
    "Finding",
    "Rule",
    "Severity",
    "as_json",
    "as_text",
    "check",
    "counts",
    "expected_languages",
    "families",
    "summary",
]


def check(*schemes: Scheme, languages: Sequence[str] | None = None) -> list[Finding]:
    """Everything there is to mend in `schemes`, errors first, then by check and concept.

    `languages` are those in which labels and definitions are expected; without them, the ones in
    which nine concepts of ten have a label. Several schemes are checked each for itself, and their
    matches with each other for being there.
    """
    found: list[Finding] = []
    for scheme in schemes:
        others = [other for other in schemes if other is not scheme]
        survey = Survey(scheme, others, languages)
        for rule in RULES.values():
            found.extend(rule.findings(survey))
    order = {code: place for place, code in enumerate(RULES)}
    found.sort(key=lambda one: (SEVERITIES.index(one.severity), order[one.code]))
    return found


def counts(findings: Iterable[Finding]) -> dict[Severity, int]:
    """How many findings there are of each severity."""
    found = Counter(finding.severity for finding in findings)
    return {severity: found[severity] for severity in SEVERITIES}


def as_json(findings: Sequence[Finding]) -> dict[str, Any]:
    """`{"counts": {…}, "findings": [{"code", "severity", "scheme", "concept", …}]}`."""
    return {"counts": counts(findings), "findings": [finding.as_json() for finding in findings]}


def as_text(findings: Sequence[Finding]) -> str:
    """One line a finding, and a line that counts them."""
    several = len({finding.scheme for finding in findings}) > 1
    lines = []
    for one in findings:
        where = f"{one.scheme}:{one.concept}" if several else one.concept
        place = f"{where} ({one.language})" if one.language else where
        lines.append(f"{one.severity}  {one.code}  {place}: {one.message}")
    return "\n".join([*lines, summary(findings)])


def summary(findings: Iterable[Finding]) -> str:
    """The findings counted: `1 error, 0 warnings, 2 hints.`"""
    told = [
        f"{count} {name}{'' if count == 1 else 's'}" for name, count in counts(findings).items()
    ]
    return f"{', '.join(told)}."


def families() -> dict[str, list[Rule]]:
    """The checks by what they look at: labels, relations, matches."""
    modules = {
        module.__name__: name
        for name, module in (("labels", labels), ("relations", relations), ("matches", matches))
    }
    found: dict[str, list[Rule]] = {name: [] for name in modules.values()}
    for rule in RULES.values():
        found[modules[rule.find.__module__]].append(rule)
    return found
