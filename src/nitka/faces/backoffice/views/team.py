"""Who works here: inviting, roles, sessions, second factors."""

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from nitka.faces.backoffice.deeds import actor_id, do
from nitka.faces.backoffice.guard import staff
from nitka.faces.backoffice.lists import see_other
from nitka.faces.backoffice.pages import page, say
from nitka.people.accounts import actions as accounts
from nitka.people.accounts import queries as known


def roles() -> dict[str, str]:
    """Roles and what they are for."""
    return {
        "owner": _("Owner: everything"),
        "manager": _("Manager: everything but the staff"),
        "agent": _("Agent: sees orders, answers, cancels"),
        "warehouse": _("Warehouse: packs, ships, counts"),
    }


@require_GET
@staff("staff.edit")
def show(request: HttpRequest) -> HttpResponse:
    """Everybody who works here, and a form to invite."""
    return page(request, "backoffice/team.html", {"people": list(known.staff_rows()), "roles": roles()})


@require_POST
@staff("staff.edit")
def invite(request: HttpRequest) -> HttpResponse:
    """Give somebody a role and mail them a link."""
    email, name, role = (request.POST.get(key, "").strip() for key in ("email", "name", "role"))
    do(
        request,
        lambda: accounts.invite_staff(
            email=email, name=name, role=role, actor_id=actor_id(request), language=request.language,  # type: ignore[attr-defined]
        ),
        verb="",
        said=_("A link to sign in is on its way to %(email)s.") % {"email": email},
    )  # fmt: skip
    return see_other(reverse("back:staff"))


@require_GET
@staff("staff.edit")
def one(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """One person: role, sessions, second factor."""
    person = _found(user_id)
    return page(
        request,
        "backoffice/person.html",
        {
            "person": person,
            "roles": roles(),
            "methods": known.sign_in_methods(user_id),
            "sessions": known.sessions_of(user_id, this=request.session.session_key),
        },
    )


@require_POST
@staff("staff.edit")
def role(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Give another role; an empty one ends the work here, and every session with it."""
    person, wish = _found(user_id), request.POST.get("role", "")

    def act() -> None:
        accounts.set_role(user_id=user_id, role=wish, actor_id=actor_id(request))
        if not wish:
            accounts.end_other_sessions(user_id=user_id)

    said = _("The role is changed.") if wish else _("%(email)s does not work here any more.") % {"email": person.email}
    do(request, act, verb="", said=said)
    return see_other(reverse("back:staff") if not wish else reverse("back:person", kwargs={"user_id": user_id}))


@require_POST
@staff("staff.edit")
def end(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Sign a browser of this person out, or all of them."""
    person, session = _found(user_id), request.POST.get("session", "")

    def act() -> None:
        if session.isdecimal():
            accounts.end_session(user_id=user_id, session_id=int(session))
        else:
            accounts.end_other_sessions(user_id=user_id, this=request.session.session_key)

    do(request, act, verb="staff.session_ended", subject=person.email, said=_("Signed out."))
    return see_other(reverse("back:person", kwargs={"user_id": user_id}))


@require_POST
@staff("staff.edit")
def link(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """A link that lets this person in once, for who lost phone and passkey."""
    _found(user_id)
    outcome = do(
        request, lambda: accounts.make_sign_in_link(user_id=user_id, purpose="recovery", actor_id=actor_id(request)),
        verb="",
    )  # fmt: skip
    if outcome.done:
        address = (settings.NITKA_PUBLIC_URL or f"{request.scheme}://{request.get_host()}") + outcome.value
        say(request, _("Hand this link over in person; it opens once, within 15 minutes: %(link)s") % {"link": address})
    return see_other(reverse("back:person", kwargs={"user_id": user_id}))


def _found(user_id: UUID) -> known.UserView:
    person = known.user(user_id)
    if person is None or not person.role:
        raise Http404
    return person
