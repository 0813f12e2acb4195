"""Who signed in when, how and on which device; which of it goes on, and for how long when nobody clicks."""
