from types import SimpleNamespace

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import requires
from accounts.reauthentication import fresh, is_fresh
from accounts.roles import Can
from cases.answering import answer, inside, sent
from cases.states import Stale
from reference.templatetags.show import edtf
from survivors import actions
from survivors.identity_forms import NUMBERS, IdentityEditForm, IdentitySearchForm
from survivors.models import Identity, Survivor
from survivors.states import IdentityNumberKind, IdentityPart
from survivors.views import reaching
from survivors.views.people import survivor_or_404


@requires(Can.OPEN_IDENTITY, of=Survivor)
@fresh
@require_http_methods(["GET", "HEAD", "POST"])
def identity_open(request, pk):
    """Who she is: covered, each part shown only when asked for. Every look is written down."""
    wanted = [part for part in request.POST.getlist("show") if part in IdentityPart.values]
    rule, unread = None, False
    if IdentityPart.CONTACTS in wanted:
        rule = reaching.rule_of(survivor_or_404(pk))
        unread = not reaching.is_read(request, rule)
        wanted = [part for part in wanted if part != IdentityPart.CONTACTS] if unread else wanted
    survivor = actions.open_identity(
        survivor_or_404(pk).pk, by=request.user, now=timezone.now(), parts=wanted
    )
    reaching.write_down(request, survivor, rule)
    identity = Identity.objects.filter(survivor=survivor).first() or Identity()
    groups = [
        {"part": part, "rows": list(rows_of(part, survivor, identity, shown=part in wanted)),
         "shown": part in wanted, "others": [one for one in wanted if one != part],
         "rule": rule if part == IdentityPart.CONTACTS else None, "unread": unread}
        for part in IdentityPart
    ]  # fmt: skip
    context = inside(survivor.case, "survivors", survivor=survivor, groups=groups)
    context["may_write"] = request.user.can_on(Can.WRITE_IDENTITY, survivor.office_id)
    context["clear"] = reaching.in_clear(rule) if rule else {}
    context["read"] = rule.version if rule and not unread else ""
    return render(request, "survivors/identity_open.html", context)


def rows_of(part, survivor, identity, *, shown):
    """(label, value) of what this part holds; covered values come out of the database sealed and stay so."""
    sealed = {
        IdentityPart.NAMES: [(identity, "own_name"), (identity, "latin_name"), (identity, "known_as")],
        IdentityPart.BIRTH: [(survivor, "born"), (survivor, "home")],
        IdentityPart.CONTACTS: [
            (identity, name) for name in ("phones", "address", "safe_contact", "family_contact")
        ],
        IdentityPart.NUMBERS: [(identity, "numbers")],
    }
    for row, name in sealed[part]:
        if value := getattr(row, name):
            label = row._meta.get_field(name).verbose_name
            yield {"label": label, "value": in_words(name, value.open()) if shown else ""}


def in_words(name, plain):
    """A value as the page shows it."""
    if name == "born":
        return edtf(plain)
    if name == "home":
        return ", ".join(str(plain[key]) for key in ("name", "locality", "area", "country") if plain.get(key))
    if name == "numbers":
        kinds = dict(IdentityNumberKind.choices)
        return "\n".join(f"{kinds.get(row['kind'], row['kind'])}: {row['number']}" for row in plain)
    return plain


@requires(Can.WRITE_IDENTITY, of=Survivor)
@require_http_methods(["GET", "POST"])
def identity_edit(request, pk):
    """The form shows what is recorded, so opening it is a look at all of it."""
    if request.method == "GET" and not is_fresh(request):
        # Only the look is asked about: a form on its way must not carry names through another page.
        return fresh(identity_edit)(request, pk=pk)
    survivor = survivor_or_404(pk)
    rule = reaching.rule_of(survivor) if request.method == "GET" else None
    if not reaching.is_read(request, rule):
        return reaching.ask_first(request, survivor, rule)
    now = timezone.now()
    reaching.write_down(request, survivor, rule)
    if request.method == "GET":
        actions.open_identity(pk, by=request.user, now=now, parts=list(IdentityPart))
    form = IdentityEditForm(sent(request), initial=recorded(survivor) if request.method == "GET" else None)

    def act(home_town, version, **_answers):
        facts = form.facts()
        facts.pop("home_town")
        home = {**(survivor.home.open() or {}), "locality": home_town}
        home = {key: value for key, value in home.items() if value}
        try:
            return actions.edit_identity(
                survivor.pk, by=request.user, now=now, home=home, **{**facts, "version": version or 0}
            )
        except Stale as stale:
            raise Stale(covered(form, stale.record)) from None

    back = survivor.get_absolute_url()
    context = inside(survivor.case, "survivors", survivor=survivor, submit=_("Save the identity"), back=back)
    page = "survivors/identity_edit.html"
    return answer(request, form, act, done=lambda _row: back, page=page, context=context)


def recorded(survivor):
    """What the form begins with."""
    identity = Identity.objects.filter(survivor=survivor).first() or Identity(version=0)
    names = ("own_name", "latin_name", "known_as", "phones", "address", "safe_contact", "family_contact")
    first = {name: getattr(identity, name).open() for name in names}
    for n, row in zip(NUMBERS, identity.numbers.open() or (), strict=False):
        first |= {f"kind{n}": row["kind"], f"number{n}": row["number"]}
    home = survivor.home.open() or {}
    return {**first, "version": identity.version, "born": survivor.born.open(),
            "home_town": home.get("locality", "")}  # fmt: skip


def covered(form, identity):
    """The colleague's version as the page of two versions may show it: that something differs, not what."""
    differing = {
        name: _("changed by a colleague")
        for name in form.cleaned_data
        if hasattr(identity, name)
        and name != "version"
        and getattr(identity, name) != form.cleaned_data[name]
    }
    return SimpleNamespace(version=identity.version, pk=identity.pk, **differing)


@requires(Can.OPEN_IDENTITY)
@require_http_methods(["GET", "HEAD", "POST"])
def identity_search(request):
    """Words are posted, and found people come under their pseudonyms: no address or log keeps a name."""
    if not is_fresh(request):
        # A name on its way must not go through the question, so it is typed after it.
        return redirect(reverse("account_reauthenticate", query={"next": request.path}))
    form = IdentitySearchForm(sent(request))
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "survivors/identity_search.html", {"form": form}, status=status)
    people = actions.search_identities(form.cleaned_data["q"], by=request.user, now=timezone.now())
    context = {"form": IdentitySearchForm(), "people": people, "searched": True}
    return render(request, "survivors/identity_search.html", context)
