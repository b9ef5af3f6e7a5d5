"""What a reader picked of a compilation: states and questions, by the address alone.

Only what the compilation has can be picked; of anything else nothing is said, so that an address
can't be used to ask who else has answered.
"""

from dataclasses import dataclass, replace

from django.http import QueryDict

from contactpoint.consultations.compilations.compilation import Compilation


@dataclass(frozen=True, slots=True)
class Picked:
    """Codes of states and questions; all of them where none is named."""

    states: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()

    @classmethod
    def read(cls, query: QueryDict, compilation: Compilation) -> "Picked":
        """From `state` and `question`, each as often as one likes."""
        asked = {one.upper() for one in query.getlist("state")}
        wanted = set(query.getlist("question"))
        return cls(
            tuple(one.code for one in compilation.states if one.code in asked),
            tuple(one.code for one in compilation.questions if one.code in wanted),
        )

    @property
    def is_any(self) -> bool:
        """Whether something was picked."""
        return bool(self.states or self.questions)

    def of(self, compilation: Compilation) -> Compilation:
        """The compilation with nothing but that."""
        states = tuple(
            one for one in compilation.states if not self.states or one.code in self.states
        )
        questions = tuple(
            one for one in compilation.questions if not self.questions or one.code in self.questions
        )
        codes = {one.code for one in states}, {one.code for one in questions}
        given = {
            (state, question): one
            for (state, question), one in compilation.given.items()
            if state in codes[0] and question in codes[1]
        }
        return replace(compilation, states=states, questions=questions, given=given)
