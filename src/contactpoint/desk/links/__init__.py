"""Links of published pages: collected, asked politely, and reported where they are dead."""
