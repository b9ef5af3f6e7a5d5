"""What every search engine must do. A test module subclasses `Contract` and gives a fixture:

from search.engines.contract import Contract

class TestMine(Contract):
    @pytest.fixture
    def engine(self) -> Iterator[Engine]: ...   # fresh, with no index
"""

from search.engines.answering import Answering
from search.engines.at_random import AtRandom
from search.engines.keeping import Keeping
from search.engines.narrowing import Narrowings
from search.engines.words import Words


class Contract(Answering, Narrowings, Keeping, Words, AtRandom):
    """The whole of it; `examples` is how many questions at random are asked."""
