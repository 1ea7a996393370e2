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
    path("preferences/", views.preferences, name="preferences"),
]
