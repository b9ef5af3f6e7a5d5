"""Tags of consultations."""
