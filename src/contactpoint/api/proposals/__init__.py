"""What partner institutions propose by a program: taken in, shown to editors, told back."""
