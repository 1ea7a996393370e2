from django.urls import path

from hooks import views

app_name = "hooks"
urlpatterns = [
    path("", views.hook_list, name="hook-list"),
    path("add/", views.hook_add, name="hook-add"),
    path("hook/<uuid:pk>/", views.hook_detail, name="hook-detail"),
    path("hook/<uuid:pk>/secret/", views.hook_secret, name="hook-secret"),
    path("hook/<uuid:pk>/rotate/", views.hook_rotate, name="hook-rotate"),
    path("hook/<uuid:pk>/pause/", views.hook_pause, name="hook-pause"),
    path("hook/<uuid:pk>/resume/", views.hook_resume, name="hook-resume"),
    path("hook/<uuid:pk>/resend/", views.hook_resend, name="hook-resend"),
    path("hook/<uuid:pk>/end/", views.hook_end, name="hook-end"),
]
