"""What the tables stand on: extensions, text search configurations, the cache table.

The configurations unaccent inside, so that `to_tsvector('cs_english', …)` is immutable and
"São Paulo" is found by "sao paulo". The cache table is made here so that plain `migrate` is
enough; it holds nothing that a crash may not lose.
"""

from django.contrib.postgres.operations import (
    BtreeGinExtension,
    TrigramExtension,
    UnaccentExtension,
)
from django.db import migrations

CONFIGURATIONS = """
    CREATE TEXT SEARCH CONFIGURATION cs_english (COPY = pg_catalog.english);
    ALTER TEXT SEARCH CONFIGURATION cs_english
        ALTER MAPPING FOR hword, hword_part, word WITH unaccent, english_stem;
    CREATE TEXT SEARCH CONFIGURATION cs_simple (COPY = pg_catalog.simple);
    ALTER TEXT SEARCH CONFIGURATION cs_simple
        ALTER MAPPING FOR hword, hword_part, word WITH unaccent, simple;
"""
NO_CONFIGURATIONS = """
    DROP TEXT SEARCH CONFIGURATION cs_english;
    DROP TEXT SEARCH CONFIGURATION cs_simple;
"""
CACHE_TABLE = """
    CREATE UNLOGGED TABLE core_cache (
        cache_key varchar(255) PRIMARY KEY,
        value text NOT NULL,
        expires timestamptz NOT NULL
    );
    CREATE INDEX core_cache_expires ON core_cache (expires);
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        TrigramExtension(),
        UnaccentExtension(),
        BtreeGinExtension(),
        migrations.RunSQL(CONFIGURATIONS, NO_CONFIGURATIONS),
        migrations.RunSQL(CACHE_TABLE, "DROP TABLE core_cache"),
    ]
