"""Deciding in the admin, as a moderator does it."""

from django.urls import reverse


def decide(client, changelist, action, rows, **words):
    chosen = {"action": action, "index": 0, "_selected_action": [row.pk for row in rows]}
    asked = client.post(reverse(changelist), chosen)
    assert asked.status_code == 200
    done = client.post(reverse(changelist), {**chosen, "confirmed": "1", **words}, follow=True)
    return done.content.decode()
