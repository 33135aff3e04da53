"""The table of prints: written with the projection of an approved posting, and
when a new one is handed in, so that moderators see two of a kind that wait."""

from collections.abc import Iterable

from postings.content import PostingContent
from postings.duplicates.likeness import print_of, trigrams
from postings.models import Posting, TextPrint


def write_prints(rows: Iterable[tuple[Posting, PostingContent]]) -> None:
    """Write the prints of postings that say these contents, in one statement.

    Whoever projects many postings at once calls this once for all of them.
    """
    TextPrint.objects.bulk_create(
        [
            TextPrint(posting=posting, bands=print_of(trigrams(content)))
            for posting, content in rows
        ],
        update_conflicts=True,
        unique_fields=["posting"],
        update_fields=["bands"],
    )
