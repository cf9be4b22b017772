"""Questions of every kind on the workshop of a test, as a moderator would prepare them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from workshop.model import OPERATOR, QuestionKind
from workshop.service import Service

OPTIONS: Final = (
    "Bezahlbarer Wohnraum in allen Stadtteilen",
    "Bessere Radwege",
    "Treffpunkte in jedem Quartier",
    "Mehr Grün",
)
TEXTS: Final = {
    QuestionKind.WORDS: "Woran denken Sie bei Kassel in zehn Jahren?",
    QuestionKind.MATRIX: "Was bringt viel und lässt sich gut umsetzen?",
    QuestionKind.RANK: "Was soll die Stadt zuerst angehen?",
    QuestionKind.ALLOCATE: "Wohin soll das Geld fließen?",
    QuestionKind.CHOOSE: "Welche Vorhaben tragen Sie mit?",
}
DEMANDS: Final[Mapping[QuestionKind, Mapping[str, Any]]] = {
    QuestionKind.WORDS: {"most": 3},
    QuestionKind.MATRIX: {"scale": "benefit", "second": "feasibility"},
    QuestionKind.RANK: {},
    QuestionKind.ALLOCATE: {"most": 100},
    QuestionKind.CHOOSE: {"most": 2},
}


def ask(
    service: Service,
    workshop_id: str,
    kind: QuestionKind,
    *,
    most: int | None = None,
    options: tuple[str, ...] = OPTIONS,
) -> tuple[str, tuple[str, ...]]:
    """One more question of that kind in the first cluster: its id, and those of its options."""
    cluster = service.agenda(OPERATOR, workshop_id).clusters[0]
    demand = {**DEMANDS[kind], **({"most": most} if most else {})}
    question = service.add_question(
        OPERATOR, workshop_id, cluster.id, kind, {"de": TEXTS[kind]}, **demand
    )
    asked = () if kind is QuestionKind.WORDS else options
    return question, tuple(
        service.add_statement(OPERATOR, workshop_id, question, text) for text in asked
    )
