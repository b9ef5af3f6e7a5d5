"""How the portal is, for whoever runs it: numbers, their page in the admin, jobs that failed."""
