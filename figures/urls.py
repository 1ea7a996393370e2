from django.urls import path

from figures import views

app_name = "figures"
urlpatterns = [
    path("", views.definition_list, name="definition-list"),
    path("definition/<slug:name>/", views.definition_detail, name="definition-detail"),
    path("offices/", views.published_list, name="published-list"),
    path("studies/", views.study_list, name="study-list"),
    path("studies/add/", views.study_add, name="study-add"),
    path("studies/<uuid:pk>/", views.study_detail, name="study-detail"),
    path("studies/<uuid:pk>/edit/", views.study_edit, name="study-edit"),
    path("studies/<uuid:pk>/compare/", views.study_compare, name="study-compare"),
    path("months/", views.month_list, name="month-list"),
    path("months/<uuid:pk>/", views.month_detail, name="month-detail"),
    path("months/<uuid:pk>/sign/", views.month_sign, name="month-sign"),
    path("months/<uuid:pk>/compare/<slug:name>/", views.month_compare, name="month-compare"),
]
