import zoneinfo

from babel.core import get_global
from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, Office, User
from accounts.roles import ROLE_REACH, Reach, Role


def currencies():
    """ISO 4217 codes in use today."""
    return {
        code for rows in get_global("territory_currencies").values() for code, _from, until, tender in rows
        if until is None and tender
    }  # fmt: skip


class MembershipStartForm(forms.Form):
    """A role, and the office it belongs to."""

    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    office = forms.ModelChoiceField(
        Office.objects.order_by("name"),
        label=_("Office"),
        required=False,
        help_text=_("Leave empty for a global director, an administrator or an auditor."),
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("role") and not cleaned.get("office") and cleaned["role"] not in Membership.OFFICELESS:
            self.add_error("office", _("Choose the office of this role."))
        return cleaned


class PersonInviteForm(MembershipStartForm):
    """A new colleague."""

    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(label=_("E-mail"))
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)

    field_order = ["name", "email", "language", "role", "office"]


class PersonEditForm(forms.Form):
    """How a person is called and spoken to."""

    name = forms.CharField(label=_("Name"), max_length=120)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)


class DutySetForm(forms.Form):
    """Who is the duty officer, from when until when."""

    person = forms.ModelChoiceField(User.objects.none(), label=_("Person"))
    first = forms.DateField(label=_("First day"), widget=forms.DateInput(attrs={"type": "date"}))
    last = forms.DateField(label=_("Last day"), widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args, office, **kwargs):
        super().__init__(*args, **kwargs)
        seeing = [role for role, reach in ROLE_REACH.items() if reach not in (Reach.NOTHING, Reach.SHARED)]
        self.fields["person"].queryset = (
            User.objects.filter(
                is_active=True,
                memberships__office=office,
                memberships__ended_at=None,
                memberships__role__in=seeing,
            )
            .distinct()
            .order_by("name", "pk")
        )


class OfficeForm(forms.ModelForm):
    """An office: its clock and money decide reminders and sums, so both must be real."""

    languages = forms.CharField(
        label=_("Languages"), required=False, help_text=_("Codes with commas: fil, en")
    )

    class Meta:
        model = Office
        fields = [
            "name",
            "key",
            "alias",
            "city",
            "country",
            "region",
            "time_zone",
            "currency",
            "languages",
            "opened",
        ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["languages"] = ", ".join(self.instance.languages)
            del self.fields["key"]

    def clean_time_zone(self):
        name = self.cleaned_data["time_zone"]
        if name not in zoneinfo.available_timezones():
            raise forms.ValidationError(_("Write an IANA time zone such as Asia/Manila."))
        return name

    def clean_currency(self):
        code = self.cleaned_data["currency"].upper()
        if code not in currencies():
            raise forms.ValidationError(_("Write a currency code such as PHP."))
        return code

    def clean_country(self):
        code = self.cleaned_data["country"].upper()
        if code not in get_global("territory_currencies"):
            raise forms.ValidationError(_("Write a country code such as PH."))
        return code

    def clean_languages(self):
        return [code.strip() for code in self.cleaned_data["languages"].split(",") if code.strip()]


class PreferencesForm(forms.Form):
    """What a person chooses for herself."""

    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    shortcuts = forms.BooleanField(label=_("Keyboard shortcuts"), required=False)


class NewPasswordForm(forms.Form):
    """A password of one's own, typed twice."""

    NEW = {"autocomplete": "new-password"}

    password1 = forms.CharField(
        label=_("Password"),
        widget=forms.PasswordInput(attrs=NEW),
        strip=False,
        help_text=_("At least 12 characters. A sentence that only you would think of is best."),
    )
    password2 = forms.CharField(label=_("Once more"), widget=forms.PasswordInput(attrs=NEW), strip=False)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password1(self):
        password = self.cleaned_data["password1"]
        validate_password(password, self.user)  # its length before anything else is made of it
        return password

    def clean(self):
        cleaned = super().clean()
        first, second = cleaned.get("password1"), cleaned.get("password2")
        if first and second and first != second:
            self.add_error("password2", _("The two are not the same."))
        return cleaned


class DuressSetForm(NewPasswordForm):
    """A second password for the day on which somebody forces one to sign in; empty takes it away."""

    field_order = ["password1", "password2"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password1"].label = _("Second password")
        self.fields["password1"].required = self.fields["password2"].required = False

    def clean_password1(self):
        return super().clean_password1() if self.cleaned_data["password1"] else ""
