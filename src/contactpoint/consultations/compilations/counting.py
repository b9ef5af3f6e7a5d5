"""How many states said what: out of those whose answer the circle knows, and no others."""

from dataclasses import dataclass

from contactpoint.consultations.compilations.compilation import (
    Column,
    Compilation,
    Option,
    Question,
    State,
)


@dataclass(frozen=True, slots=True)
class Tally:
    """An option, the states that chose it, and how many answered the question at all."""

    option: Option
    states: tuple[State, ...]
    of: int

    @property
    def number(self) -> int:
        """How many chose it."""
        return len(self.states)


def tallies(compilation: Compilation, question: Question, column: Column) -> list[Tally]:
    """One for each option, in their order; states are counted that answered this column."""
    given = [
        (one.state, one.chosen[column.row])
        for one in compilation.of_question(question)
        if column.row in one.chosen
    ]
    return [
        Tally(
            option,
            tuple(state for state, chosen in given if option.code in chosen),
            len(given),
        )
        for option in column.options
    ]
