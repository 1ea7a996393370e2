from django.conf import settings
from django.contrib import messages
from django.core.mail import send_mail
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import actions
from accounts.access import requires, signed_in
from accounts.forms import (
    DutySetForm,
    MembershipStartForm,
    OfficeForm,
    PersonEditForm,
    PersonInviteForm,
    PreferencesForm,
)
from accounts.invitations import set_password_path
from accounts.models import Duty, Membership, Office, User
from accounts.roles import Can

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
        link = settings.SITE_URL + set_password_path(person)
        transaction.on_commit(lambda: send_invitation(person, link))
        messages.info(request, _("An invitation is on its way to %(email)s.") % {"email": person.email})
        return person

    return answer(request, PersonInviteForm(request.POST or None), invite, done=person_page,
                  page="accounts/person_invite.html")  # fmt: skip


def send_invitation(person, link):
    """Mail the link by which a new colleague chooses her password; nothing else is said."""
    with translation.override(person.language):
        text = _("You have been given an account. Choose your password here: %(link)s") % {"link": link}
        send_mail(_("Your account"), text, None, [person.email])


@requires(Can.MANAGE_PEOPLE)
@require_safe
def person_detail(request, pk):
    person = get_object_or_404(User, pk=pk, principal="")
    memberships = person.memberships.select_related("office").order_by("ended_at", "office__name", "role")
    form = MembershipStartForm()
    return render(
        request, "accounts/person_detail.html", {"person": person, "memberships": memberships, "form": form}
    )


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
