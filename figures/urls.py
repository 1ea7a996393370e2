from django.urls import path

from figures import month_views, views

app_name = "figures"
urlpatterns = [
    path("", views.definition_list, name="definition-list"),
    path("definition/<slug:name>/", views.definition_detail, name="definition-detail"),
    path("months/", month_views.month_list, name="month-list"),
    path("months/<uuid:pk>/", month_views.month_detail, name="month-detail"),
    path("months/<uuid:pk>/sign/", month_views.month_sign, name="month-sign"),
    path("months/<uuid:pk>/compare/<slug:name>/", month_views.month_compare, name="month-compare"),
]
