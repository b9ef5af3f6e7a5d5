"""The interface in the admin: what partners propose, and the tokens that they propose with."""
