"""What happens to postings that `postings.hiring` hears of.

Sent inside the transaction of the action, so that receivers' writes stand or fall with it.
"""

from typing import Final

from django.dispatch import Signal

posting_ended: Final = Signal()
"""A posting came to its end: `posting`, the `event` that says how (fill, close, expire), `now`."""
