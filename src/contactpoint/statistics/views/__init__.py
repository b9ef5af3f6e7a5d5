"""The pages of statistics."""

from contactpoint.statistics.views.comparison import comparison
from contactpoint.statistics.views.country import countries, country
from contactpoint.statistics.views.indicator import indicator
from contactpoint.statistics.views.overview import overview

__all__ = ["comparison", "countries", "country", "indicator", "overview"]
