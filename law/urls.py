from django.urls import path

from law import views

app_name = "law"
urlpatterns = [
    path("", views.country_list, name="country-list"),
    path("courts/", views.court_list, name="court-list"),
    path("courts/add/", views.court_add, name="court-add"),
    path("courts/<uuid:pk>/", views.court_detail, name="court-detail"),
    path("courts/<uuid:pk>/edit/", views.court_edit, name="court-edit"),
    path("courts/<uuid:pk>/travel/set/", views.travel_set, name="travel-set"),
    path("<slug:country>/", views.country_detail, name="country-detail"),
    path("<slug:country>/edit/", views.country_edit, name="country-edit"),
    path("<slug:country>/<slug:table>/add/", views.entry_add, name="entry-add"),
    path("<slug:table>/<uuid:pk>/", views.entry_detail, name="entry-detail"),
    path("<slug:table>/<uuid:pk>/edit/", views.entry_edit, name="entry-edit"),
    path("<slug:table>/<uuid:pk>/renew/", views.entry_renew, name="entry-renew"),
]
