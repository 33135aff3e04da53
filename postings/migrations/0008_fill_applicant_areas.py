from django.db import migrations


class Migration(migrations.Migration):
    """Until now every accepted country was accepted as a whole."""

    dependencies = [("postings", "0007_applicant_areas")]

    operations = [
        migrations.RunSQL(
            "UPDATE postings_searchdocument SET applicant_areas = applicant_countries",
            migrations.RunSQL.noop,
        ),
    ]
