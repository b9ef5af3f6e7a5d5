"""What templates of every app load with `{% load kit %}`."""
