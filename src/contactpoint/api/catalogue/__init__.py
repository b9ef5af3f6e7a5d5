"""What data there is, as portals of open data take it over: DCAT-AP 3."""
