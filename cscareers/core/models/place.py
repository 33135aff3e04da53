"""Countries, subdivisions and cities, loaded from `core/data` by `manage.py load_places`."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models


class Country(models.Model):
    """An ISO 3166-1 country; `time_zone` is its capital's."""

    code = models.CharField(max_length=2, primary_key=True)
    name = models.CharField(max_length=80, unique=True)
    capital = models.CharField(max_length=80, blank=True)
    time_zone = models.CharField(max_length=40)
    currency = models.CharField(max_length=3, blank=True)
    continent = models.CharField(max_length=2)

    class Meta:
        verbose_name_plural = "countries"

    def __str__(self) -> str:
        return self.name


class Subdivision(models.Model):
    """An ISO 3166-2 subdivision: state, province, region."""

    code = models.CharField(max_length=8, primary_key=True)
    country = models.ForeignKey(Country, on_delete=models.CASCADE, related_name="subdivisions")
    name = models.CharField(max_length=120)

    def __str__(self) -> str:
        return self.name


class City(models.Model):
    """A populated place of GeoNames; `search_names` are what typed places are compared with."""

    geonames_id = models.PositiveIntegerField(primary_key=True)
    name = models.CharField(max_length=120)
    country = models.ForeignKey(Country, on_delete=models.CASCADE, related_name="cities")
    region = models.CharField(max_length=120, blank=True)
    subdivision = models.ForeignKey(
        Subdivision, on_delete=models.SET_NULL, null=True, blank=True, related_name="cities"
    )
    latitude = models.FloatField()
    longitude = models.FloatField()
    population = models.PositiveIntegerField(default=0)
    time_zone = models.CharField(max_length=40)
    search_names = ArrayField(models.CharField(max_length=120), default=list)
    """Normalised names, the alternate ones too."""
    search_text = models.TextField(blank=True)
    """The same names as `|one|other|`, so that an index finds what begins with typed letters."""

    class Meta:
        verbose_name_plural = "cities"
        indexes = [
            GinIndex(fields=["search_names"], name="city_search_names"),
            GinIndex(OpClass("search_text", name="gin_trgm_ops"), name="city_search_text"),
            models.Index(fields=["latitude", "longitude"], name="city_position"),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.region}" if self.region else self.name

    @property
    def home(self) -> str:
        """The code of its subdivision where we know it, else of its country."""
        return self.subdivision_id or self.country_id
