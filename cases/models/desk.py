"""What belongs to the people at the desk: searches they keep, and how common two characters are."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from cases.querysets import SavedSearchQuerySet


class SavedSearch(models.Model):
    """Filters of the queue under a name; shared ones show to the whole office."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_searches")
    name = models.CharField(max_length=40)
    query = models.CharField(max_length=500)  # as it stands in the address
    shared = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    objects = SavedSearchQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "saved searches"
        constraints = [
            models.UniqueConstraint(fields=["owner", "name"], name="saved_search_once_a_name"),
            models.CheckConstraint(condition=~Q(name=""), name="saved_search_has_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Gram(models.Model):
    """How many texts hold two neighbouring characters; a search for common ones walks the dates instead of the index."""

    gram = models.CharField(max_length=4, primary_key=True)
    texts = models.PositiveBigIntegerField()
    counted_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.gram}: {self.texts}"
