"""Template filters for the texts of mails."""

from django import template

from cscareers.core import mail_text

register = template.Library()


@register.filter
def quoted(words: str) -> str:
    """Somebody's own words, each line behind `> `: none of them passes for one of ours."""
    return mail_text.quoted(words)
