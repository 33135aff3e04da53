"""What is paused, and not held by us, was paused by a member: until now nothing else could."""

from django.db import migrations
from django.db.models import F


def fill(apps, schema_editor):
    posting = apps.get_model("postings", "Posting")
    rows = posting.objects.filter(state="paused", held_at__isnull=True, paused_for=[])
    rows.update(paused_for=["member"], updated_at=F("updated_at"))


class Migration(migrations.Migration):
    dependencies = [("postings", "0016_applications")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
