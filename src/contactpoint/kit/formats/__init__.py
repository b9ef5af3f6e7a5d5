"""How dates are written where Django's own way is not ours; named in the settings."""
