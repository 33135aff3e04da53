"""What happens to people and employers that the apps above may want to hear of.

Sent inside the transaction of the action, so that receivers' writes stand or fall with it.
"""

from typing import Final

from django.dispatch import Signal

suspension_changed: Final = Signal()
"""An employer or an account was suspended or reinstated: `employer` or `user`, and `now`."""

employer_changed: Final = Signal()
"""An employer's public facts changed (name, verification, logo): `employer`."""
