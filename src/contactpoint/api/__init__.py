"""What the portal says to programs: the API, harvesting, catalogues, dumps, embeds."""
