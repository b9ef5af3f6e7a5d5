"""Official figures as the portal keeps them: named by the glossary, dated by their extraction."""
