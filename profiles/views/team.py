"""The team of an employer: members, invitations, roles."""

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from cscareers.core import throttling
from cscareers.core.http import too_many
from cscareers.core.idempotency import Done, once
from profiles import access
from profiles.access import UserRequest
from profiles.actions import teams
from profiles.enums import MemberRole
from profiles.forms.teams import InviteForm, RoleForm
from profiles.labels import ROLE_SENTENCES, label
from profiles.models import Employer, Invitation
from profiles.permissions import is_owner

LAST_OWNER = "An employer needs an owner. Make somebody else an owner first."
GONE = "That was done already."
_REFUSALS = {
    teams.AlreadyMember: "This person is in the team already.",
    teams.AlreadyInvited: (
        "This address has an open invitation. Take it back below to send a new one."
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
def show_team(request: UserRequest, employer: str) -> HttpResponse:
    """Members and open invitations; an owner invites here."""
    found = access.get_employer_for_member(request.user, employer)
    owner = is_owner(request.user, found)
    form = InviteForm(request.POST or None)
    if request.method == "POST":
        if not owner:
            raise Http404
        if form.is_valid():
            try:
                return HttpResponseRedirect(_invite(request, found, form))
            except (teams.AlreadyMember, teams.AlreadyInvited) as refusal:
                form.add_error("email", _REFUSALS[type(refusal)])
            except teams.EmployerSuspended:
                form.add_error(None, "A suspended employer can’t invite anybody.")
            except throttling.TooMany as error:
                form.add_error(None, "Twenty invitations an hour are the limit. Try again later.")
                return too_many(request, "profiles/team/team.html", _shown(found, form), error)
    return render(request, "profiles/team/team.html", _shown(found, form) | {"owner": owner})


def _shown(employer: Employer, form: InviteForm) -> dict[str, object]:
    members = employer.memberships.select_related("user").order_by("joined_at", "pk")
    open_ones = employer.invitations.filter(accepted_at__isnull=True, revoked_at__isnull=True)
    now = timezone.now()
    return {
        "employer": employer,
        "owner": True,
        "form": form,
        "members": list(members),
        "invitations": list(open_ones.order_by("created_at", "pk")),
        "now": now,
        "roles": [(role.value, label(role), ROLE_SENTENCES[role]) for role in MemberRole],
        "role_hints": {role.value: words for role, words in ROLE_SENTENCES.items()},
    }


def _invite(request: UserRequest, employer: Employer, form: InviteForm) -> str:
    now = timezone.now()

    def perform() -> Done:
        invitation = teams.invite(
            employer=employer,
            email=form.cleaned_data["email"],
            role=MemberRole(form.cleaned_data["role"]),
            actor=request.user,
            now=now,
        )
        there = reverse("hire:team", kwargs={"employer": employer.slug})
        return Done(there).saying(f"We sent an invitation to {invitation.email}.")

    return once(request, key=form.cleaned_data["key"], now=now, perform=perform)


@require_POST
def change_role(request: UserRequest, employer: str, member: str) -> HttpResponse:
    """An owner gives a member another role."""
    found = access.get_employer_for_owner(request.user, employer)
    membership = access.get_member(found, member)
    form = RoleForm(request.POST)
    if form.is_valid():
        role = MemberRole(form.cleaned_data["role"])
        try:
            teams.change_role(
                membership=membership, role=role, actor=request.user, now=timezone.now()
            )
            messages.success(request, f"{membership.user.label} is now: {label(role)}.")
        except teams.LastOwner:
            messages.error(request, LAST_OWNER)
        except teams.Gone:
            messages.info(request, GONE)
    return redirect("hire:team", employer=found.slug)


@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: UserRequest, employer: str, member: str) -> HttpResponse:
    """An owner takes somebody out of the team, after a page that asks."""
    found = access.get_employer_for_owner(request.user, employer)
    membership = access.get_member(found, member)
    if request.method != "POST":
        return render(
            request,
            "profiles/team/remove.html",
            {"employer": found, "membership": membership, "danger": True},
        )
    try:
        teams.remove(membership=membership, actor=request.user, now=timezone.now())
        messages.success(request, f"{membership.user.label} is no longer in the team.")
    except teams.LastOwner:
        messages.error(request, LAST_OWNER)
    except teams.Gone:
        messages.info(request, GONE)
    if membership.user_id == request.user.pk:
        return redirect("hire:home")
    return redirect("hire:team", employer=found.slug)


@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: UserRequest, employer: str) -> HttpResponse:
    """A member leaves, after a page that asks."""
    found = access.get_employer_for_member(request.user, employer)
    membership = access.get_membership(request.user, found)
    if request.method != "POST":
        return render(request, "profiles/team/leave.html", {"employer": found, "danger": True})
    try:
        teams.leave(membership=membership, now=timezone.now())
    except teams.LastOwner:
        messages.error(request, LAST_OWNER)
        return redirect("hire:team", employer=found.slug)
    messages.success(request, f"You have left {found.name}.")
    return redirect("hire:home")


@require_POST
def revoke(request: UserRequest, employer: str, invitation: str) -> HttpResponse:
    """An owner takes an invitation back."""
    found = access.get_employer_for_owner(request.user, employer)
    open_one = access.get_invitation(found, invitation)
    try:
        teams.revoke(invitation=open_one, actor=request.user, now=timezone.now())
        messages.success(request, f"The invitation of {open_one.email} is taken back.")
    except teams.Gone:
        messages.info(request, GONE)
    return redirect("hire:team", employer=found.slug)


@require_http_methods(["GET", "HEAD", "POST"])
def accept_invitation(request: UserRequest, token: str) -> HttpResponse:
    """The page behind the link of an invitation's mail."""
    invitation = access.get_invitation_by_token(token)
    if invitation is None:
        return render(request, "profiles/team/torn.html", status=404)
    now = timezone.now()
    if invitation.employer.memberships.filter(user=request.user).exists() and _over(
        invitation, now=now
    ):
        return redirect("hire:home")
    if request.method == "POST":
        try:
            teams.accept(invitation=invitation, user=request.user, now=now)
            messages.success(request, f"You are in the team of {invitation.employer.name}.")
            return redirect("hire:home")
        except (teams.InvitationOver, teams.OtherAddress):
            invitation.refresh_from_db()
    context = {
        "invitation": invitation,
        "employer": invitation.employer,
        "role": invitation.get_role_display(),
        "role_sentence": ROLE_SENTENCES[MemberRole(invitation.role)],
        "over": _over(invitation, now=now),
        "confirmed": teams.has_confirmed(request.user, invitation.email),
        "danger": False,
    }
    return render(request, "profiles/team/invitation.html", context)


def _over(invitation: Invitation, *, now: datetime) -> bool:
    used = invitation.accepted_at or invitation.revoked_at
    return used is not None or invitation.expires_at <= now
