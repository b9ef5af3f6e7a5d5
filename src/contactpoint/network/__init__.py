"""Countries and institutions: who takes part, who publishes."""
