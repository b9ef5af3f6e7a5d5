"""Day before month: Django's English is American, ours is not."""

DATE_FORMAT = "j F Y"
DATETIME_FORMAT = "j F Y, H:i"
SHORT_DATE_FORMAT = "j M Y"
TIME_FORMAT = "H:i"
FIRST_DAY_OF_WEEK = 1
