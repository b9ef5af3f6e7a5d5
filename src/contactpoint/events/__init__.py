"""Who comes to an event: registration, waiting list, mails, attendance list, and forgetting."""
