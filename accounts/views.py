from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import actions
from accounts.access import public, requires, signed_in
from accounts.forms import (
    DuressSetForm,
    DutySetForm,
    MembershipStartForm,
    NewPasswordForm,
    OfficeForm,
    PersonEditForm,
    PersonInviteForm,
    PreferencesForm,
)
from accounts.invitations import invitation_for, link_of, mail_invitation
from accounts.models import Duty, Invitation, Membership, Office, User
from accounts.reauthentication import fresh
from accounts.roles import Can
from accounts.scope import become
from accounts.sign_in import come_in
from accounts.signals_of_duress import signals_for

PEOPLE_PER_PAGE = 100


def answer(request, form, act, *, done, page, context=None):
    """As cases.answering, for what stands below cases: parse, one action, and a clear page."""
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                result = act(**form.cleaned_data)
        except actions.Refused as why:
            form.add_error(why.field, str(why))
        else:
            return redirect(done(result))
    status = 422 if form.is_bound and form.errors else 200
    return render(request, page, {**(context or {}), "form": form}, status=status)


def person_page(person):
    return reverse("accounts:person-detail", args=[person.pk])


@requires(Can.MANAGE_PEOPLE)
@require_safe
def person_list(request):
    text = request.GET.get("text", "").strip()
    people = User.objects.filter(principal="").order_by("-is_active", "name", "pk")
    if text:
        people = people.filter(name__icontains=text) | people.filter(email__icontains=text)
    live = Membership.objects.filter(ended_at=None).select_related("office")
    people = list(people[: PEOPLE_PER_PAGE + 1])
    roles = {}
    for membership in live.filter(user__in=people).order_by("office__name", "role"):
        roles.setdefault(membership.user_id, []).append(membership)
    rows = [(person, roles.get(person.pk, [])) for person in people[:PEOPLE_PER_PAGE]]
    more = len(people) > PEOPLE_PER_PAGE
    return render(request, "accounts/person_list.html", {"rows": rows, "text": text, "more": more})


@requires(Can.MANAGE_PEOPLE)
@require_http_methods(["GET", "POST"])
def person_invite(request):
    def invite(**facts):
        person = actions.invite_person(by=request.user, now=timezone.now(), **facts)
        invite_by_mail(request, person)
        return person

    return answer(request, PersonInviteForm(request.POST or None), invite, done=person_page,
                  page="accounts/person_invite.html")  # fmt: skip


def invite_by_mail(request, person):
    """Make the link of an invitation and send it once everything is kept."""
    invitation, token = actions.send_invitation(person.pk, by=request.user, now=timezone.now())
    link = link_of(invitation, token)
    transaction.on_commit(lambda: mail_invitation(person, link))
    messages.info(request, _("An invitation is on its way to %(email)s.") % {"email": person.email})


@requires(Can.MANAGE_PEOPLE)
@require_safe
def person_detail(request, pk):
    person = get_object_or_404(User, pk=pk, principal="")
    memberships = person.memberships.select_related("office").order_by("ended_at", "office__name", "role")
    shown = {
        "person": person,
        "memberships": memberships,
        "form": MembershipStartForm(),
        "sign_ins": person.sign_ins.filter(expire_date__gt=timezone.now()).order_by("-seen_at"),
        "invitations": person.invitations.order_by("-sent_at")[:5],
        "now": timezone.now(),
    }
    return render(request, "accounts/person_detail.html", shown)


@requires(Can.MANAGE_PEOPLE)
@require_http_methods(["GET", "POST"])
def person_edit(request, pk):
    person = get_object_or_404(User, pk=pk, principal="")
    form = PersonEditForm(request.POST or None, initial={"name": person.name, "language": person.language})

    def edit(**facts):
        return actions.edit_person(pk, by=request.user, now=timezone.now(), **facts)

    return answer(request, form, edit, done=person_page, page="accounts/person_edit.html",
                  context={"person": person})  # fmt: skip


@requires(Can.MANAGE_PEOPLE)
@require_http_methods(["GET", "POST"])
def person_end(request, pk):
    person = get_object_or_404(User, pk=pk, principal="")
    if request.method == "POST":
        try:
            actions.end_person(pk, by=request.user, now=timezone.now())
        except actions.Refused as why:
            messages.error(request, str(why))
        return redirect(person_page(person))
    return render(request, "accounts/person_end.html", {"person": person})


@requires(Can.MANAGE_PEOPLE)
@require_http_methods(["GET", "POST"])
def membership_start(request, pk):
    person = get_object_or_404(User, pk=pk, principal="")

    def start(**facts):
        actions.start_membership(pk, by=request.user, now=timezone.now(), **facts)
        return person

    return answer(request, MembershipStartForm(request.POST or None), start, done=person_page,
                  page="accounts/membership_start.html", context={"person": person})  # fmt: skip


@requires(Can.MANAGE_PEOPLE)
@require_POST
def membership_end(request, pk):
    membership = get_object_or_404(Membership, pk=pk)
    try:
        actions.end_membership(pk, by=request.user, now=timezone.now())
    except actions.Refused as why:
        messages.error(request, str(why))
    return redirect(person_page(membership.user))


@requires(Can.MANAGE_PEOPLE)
@require_safe
def office_list(request):
    duties = {duty.office_id: duty for duty in Duty.objects.current().select_related("user")}
    rows = [(office, duties.get(office.pk)) for office in Office.objects.order_by("name", "pk")]
    return render(request, "accounts/office_list.html", {"rows": rows})


@requires(Can.MANAGE_PEOPLE)
@require_http_methods(["GET", "POST"])
def office_add(request):
    def add(**facts):
        return actions.add_office(by=request.user, now=timezone.now(), **facts)

    return answer(request, OfficeForm(request.POST or None), add, page="accounts/office_add.html",
                  done=lambda office: reverse("accounts:office-list"))  # fmt: skip


@requires(Can.MANAGE_PEOPLE)
@require_http_methods(["GET", "POST"])
def office_edit(request, pk):
    office = get_object_or_404(Office, pk=pk)

    def edit(**facts):
        return actions.edit_office(pk, by=request.user, now=timezone.now(), **facts)

    form = OfficeForm(request.POST or None, instance=office)
    return answer(request, form, edit, page="accounts/office_edit.html", context={"office": office},
                  done=lambda office: reverse("accounts:office-list"))  # fmt: skip


@requires(Can.MANAGE_PEOPLE)
@require_http_methods(["GET", "POST"])
def duty_set(request, pk):
    office = get_object_or_404(Office, pk=pk)

    def name_officer(**facts):
        return actions.set_duty(pk, by=request.user, now=timezone.now(), **facts)

    form = DutySetForm(request.POST or None, office=office)
    coming = office.duties.select_related("user").order_by("-days")[:10]
    return answer(request, form, name_officer, page="accounts/duty_set.html",
                  context={"office": office, "coming": coming},
                  done=lambda duty: reverse("accounts:office-list"))  # fmt: skip


@signed_in
@require_http_methods(["GET", "POST"])
def preferences(request):
    me = request.user
    form = PreferencesForm(request.POST or None, initial={"language": me.language, "shortcuts": me.shortcuts})
    if request.method == "POST" and form.is_valid():
        actions.set_preferences(me.pk, by=me, now=timezone.now(), **form.cleaned_data)
        response = redirect("accounts:preferences")
        response.delete_cookie(settings.LANGUAGE_COOKIE_NAME)
        return response
    return render(request, "accounts/preferences.html", {"form": form}, status=422 if form.errors else 200)


@requires(Can.MANAGE_PEOPLE)
@require_POST
def person_sign_out(request, pk):
    person = get_object_or_404(User, pk=pk, principal="")
    actions.end_sign_ins(pk, by=request.user, now=timezone.now(), but=request.session.session_key)
    messages.info(request, _("The person is signed out everywhere."))
    return redirect(person_page(person))


@requires(Can.MANAGE_PEOPLE)
@fresh
@require_http_methods(["GET", "POST"])
def person_renew(request, pk):
    person = get_object_or_404(User, pk=pk, principal="", is_active=True)
    if request.method == "POST":
        try:
            actions.renew_person(pk, by=request.user, now=timezone.now())
        except actions.Refused as why:
            messages.error(request, str(why))
        else:
            invite_by_mail(request, person)
        return redirect(person_page(person))
    return render(request, "accounts/person_renew.html", {"person": person})


@requires(Can.MANAGE_PEOPLE)
@require_safe
def invitation_list(request):
    now = timezone.now()
    waiting = Invitation.objects.filter(accepted_at=None, revoked_at=None, user__is_active=True)
    waiting = waiting.select_related("user", "invited_by").order_by("-sent_at", "pk")[:PEOPLE_PER_PAGE]
    return render(request, "accounts/invitation_list.html", {"invitations": waiting, "now": now})


@requires(Can.MANAGE_PEOPLE)
@require_POST
def invitation_send(request, pk):
    person = get_object_or_404(User, pk=pk, principal="", is_active=True)
    invite_by_mail(request, person)
    return redirect(person_page(person))


@requires(Can.MANAGE_PEOPLE)
@require_POST
def invitation_revoke(request, pk):
    get_object_or_404(Invitation, pk=pk)
    actions.revoke_invitation(pk, by=request.user, now=timezone.now())
    return redirect("accounts:invitation-list")


@public
@require_http_methods(["GET", "POST"])
def invitation_accept(request, pk):
    """The token comes in the address once and goes on in the session, out of sight of history and logs."""
    if "t" in request.GET:
        request.session["invitation"] = request.GET["t"]
        return redirect("accounts:invitation-accept", pk)
    invitation = invitation_for(pk, request.session.get("invitation", ""), timezone.now())
    if invitation is None:
        return render(request, "accounts/invitation_accept.html", {"gone": True}, status=410)
    form = NewPasswordForm(request.POST or None, user=invitation.user)

    def accept(password1, password2):
        become(invitation.user)
        person = actions.accept_invitation(pk, password=password1, now=timezone.now())
        come_in(request, person)
        return person

    return answer(request, form, accept, page="accounts/invitation_accept.html",
                  done=lambda person: reverse("accounts:factor-choose"))  # fmt: skip


@signed_in
@require_safe
def factor_choose(request):
    if request.user.enrolled:
        return redirect("mfa_index")
    return render(request, "accounts/factor_choose.html")


@signed_in
@require_safe
def sign_in_list(request):
    mine = request.user.sign_ins.filter(expire_date__gt=timezone.now()).order_by("-seen_at")
    key = request.session.session_key
    rows = [(sign_in, sign_in.session_key == key) for sign_in in mine]
    return render(request, "accounts/sign_in_list.html", {"rows": rows})


@signed_in
@require_POST
def sign_in_end(request, handle):
    actions.end_sign_ins(request.user.pk, by=request.user, now=timezone.now(), only=handle,
                         but=request.session.session_key)  # fmt: skip
    return redirect("accounts:sign-in-list")


@signed_in
@require_POST
def sign_in_end_others(request):
    actions.end_sign_ins(
        request.user.pk, by=request.user, now=timezone.now(), but=request.session.session_key
    )
    return redirect("accounts:sign-in-list")


@signed_in
@fresh
@require_http_methods(["GET", "POST"])
def duress_set(request):
    def keep(password1, password2):
        return actions.set_duress(request.user.pk, by=request.user, password=password1, now=timezone.now())

    form = DuressSetForm(request.POST or None, user=request.user)
    return answer(request, form, keep, page="accounts/duress_set.html",
                  done=lambda person: reverse("accounts:preferences"))  # fmt: skip


@public
@require_safe
def leave(request):
    """Away from here at once. Nothing ends, so that whoever looks on sees nothing end."""
    away = (
        redirect(settings.QUICK_EXIT_URL)
        if settings.QUICK_EXIT_URL
        else render(request, "accounts/leave.html")
    )
    away["Clear-Site-Data"] = '"cache"'
    away["Cache-Control"] = "no-store"
    return away


@requires(Can.REVIEW_ACCESS)
@require_safe
def signal_list(request):
    signals = signals_for(request.user).select_related("user", "answered_by").order_by("-given_at")[:50]
    return render(request, "accounts/signal_list.html", {"signals": signals})


@requires(Can.REVIEW_ACCESS)
@require_POST
def signal_answer(request, pk):
    get_object_or_404(signals_for(request.user), pk=pk)
    actions.answer_signal(pk, by=request.user, now=timezone.now())
    return redirect("accounts:signal-list")
