"""OAI-PMH 2.0: catalogues of libraries and aggregators take over what the network publishes."""
