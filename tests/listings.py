"""Where the listings are that the importer is tested with."""

from pathlib import Path

DATA = Path(__file__).parent / "data"
TWIN = DATA / "listing_twin.txt"
LEGACY = Path(__file__).parents[2] / "shared" / "data" / "legacy" / "news-item-listing.txt"
