"""What tests of the importer's pages bring, and how."""

import json
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from postings.models import ImportRun
from profiles.models import Employer

JOB: dict[str, Any] = {
    "@type": "JobPosting",
    "title": "Customer Service Manager",
    "description": "<p>Lead a team of <b>twelve</b>.</p>",
    "identifier": "A-1",
    "hiringOrganization": {"name": "Harbour Telecom Ltd"},
    "jobLocation": "Columbus, US",
    "baseSalary": "$65K - $100K",
}
AD = """Customer Support Team Lead

Location: Columbus, US
Salary: $48,000 - $55,000 per year
Job type: Full-time

We answer by phone and chat. Hybrid, two days in the office.
"""


def line(**changes: Any) -> str:
    return json.dumps({**JOB, **changes})


def upload(client: Client, employer: Employer, data: str | bytes, name: str = "jobs.jsonl") -> Any:
    file = SimpleUploadedFile(name, data.encode() if isinstance(data, str) else data)
    return client.post(f"/hire/{employer.slug}/imports/upload/", {"file": file})


def paste(client: Client, employer: Employer, text: str, **more: str) -> Any:
    return client.post(f"/hire/{employer.slug}/imports/paste/", {"text": text, **more})


def shown(client: Client, run: ImportRun, query: str = "") -> str:
    return client.get(url(run) + query).content.decode()


def url(run: ImportRun, page: str = "") -> str:
    return f"/hire/{run.employer.slug}/imports/{run.public_id}/{page}"


def confirmed(client: Client, employer: Employer, *lines: str) -> ImportRun:
    upload(client, employer, "\n".join(lines))
    run = ImportRun.objects.latest("pk")
    client.post(url(run, "confirm/"))
    run.refresh_from_db()
    return run
