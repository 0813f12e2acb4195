"""The version of the privacy notice in force: the one place that the page, the consent and the records take it from."""

from datetime import date

# Whoever changes the text of templates/pages/privacy.html raises both. Drafts begun before are asked again.
VERSION = "1.0"
VALID_FROM = date(2026, 11, 25)
