"""Models of the shared kernel."""

from cscareers.core.models.exchange_rate import ExchangeRate
from cscareers.core.models.form_submission import FormSubmission
from cscareers.core.models.loaded_data import LoadedData
from cscareers.core.models.outgoing_mail import MAIL_ENDS, OutgoingMail
from cscareers.core.models.period_run import PeriodRun
from cscareers.core.models.place import City, Country, Subdivision
from cscareers.core.models.rate_limit import RateLimit

__all__ = [
    "MAIL_ENDS",
    "City",
    "Country",
    "ExchangeRate",
    "FormSubmission",
    "LoadedData",
    "OutgoingMail",
    "PeriodRun",
    "RateLimit",
    "Subdivision",
]
