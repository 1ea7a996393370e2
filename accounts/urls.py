from django.urls import path

from accounts import views

app_name = "accounts"
urlpatterns = [
    path("person/", views.person_list, name="person-list"),
    path("person/invite/", views.person_invite, name="person-invite"),
    path("person/<uuid:pk>/", views.person_detail, name="person-detail"),
    path("person/<uuid:pk>/edit/", views.person_edit, name="person-edit"),
    path("person/<uuid:pk>/end/", views.person_end, name="person-end"),
    path("person/<uuid:pk>/membership/start/", views.membership_start, name="membership-start"),
    path("membership/<int:pk>/end/", views.membership_end, name="membership-end"),
    path("office/", views.office_list, name="office-list"),
    path("office/add/", views.office_add, name="office-add"),
    path("office/<int:pk>/edit/", views.office_edit, name="office-edit"),
    path("office/<int:pk>/duty/set/", views.duty_set, name="duty-set"),
    path("person/<uuid:pk>/sign-out/", views.person_sign_out, name="person-sign-out"),
    path("person/<uuid:pk>/renew/", views.person_renew, name="person-renew"),
    path("person/<uuid:pk>/invitation/send/", views.invitation_send, name="invitation-send"),
    path("invitation/", views.invitation_list, name="invitation-list"),
    path("invitation/<uuid:pk>/revoke/", views.invitation_revoke, name="invitation-revoke"),
    path("invitation/<uuid:pk>/accept/", views.invitation_accept, name="invitation-accept"),
    path("factor/choose/", views.factor_choose, name="factor-choose"),
    path("sign-in/", views.sign_in_list, name="sign-in-list"),
    path("sign-in/end-others/", views.sign_in_end_others, name="sign-in-end-others"),
    path("sign-in/<uuid:handle>/end/", views.sign_in_end, name="sign-in-end"),
    path("duress/set/", views.duress_set, name="duress-set"),
    path("leave/", views.leave, name="leave"),
    path("signal/", views.signal_list, name="signal-list"),
    path("signal/<uuid:pk>/answer/", views.signal_answer, name="signal-answer"),
    path("preferences/", views.preferences, name="preferences"),
]
