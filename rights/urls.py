from django.urls import path

from rights import views

app_name = "rights"
urlpatterns = [
    path("request/", views.request_list, name="request-list"),
    path("survivors/<uuid:pk>/request/add/", views.request_add, name="request-add"),
    path("request/<uuid:pk>/", views.request_detail, name="request-detail"),
    path("request/<uuid:pk>/answer/", views.request_answer, name="request-answer"),
    path("request/<uuid:pk>/withdraw/", views.request_withdraw, name="request-withdraw"),
    path("survivors/<uuid:pk>/correction/add/", views.correction_add, name="correction-add"),
    path("correction/<uuid:pk>/decide/", views.correction_decide, name="correction-decide"),
    path("survivors/<uuid:pk>/copy/make/", views.copy_make, name="copy-make"),
    path("note/<uuid:pk>/release/", views.note_release, name="note-release"),
    path("review/", views.review_list, name="review-list"),
    path("review/<uuid:pk>/", views.review_detail, name="review-detail"),
    path("review/<uuid:pk>/propose/", views.review_propose, name="review-propose"),
    path("review/<uuid:pk>/agree/", views.review_agree, name="review-agree"),
    path("review/<uuid:pk>/refuse/", views.review_refuse, name="review-refuse"),
    path("cases/<uuid:pk>/hold/place/", views.hold_place, name="hold-place"),
    path("hold/<uuid:pk>/lift/", views.hold_lift, name="hold-lift"),
    path("rule/", views.rule_list, name="rule-list"),
    path("rule/<int:office>/set/", views.rule_set, name="rule-set"),
]
