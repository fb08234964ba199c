"""The demo's own page: an exchange's front page that holds the chat."""

from django.urls import path

from vigil.demo.views import front_page

urlpatterns = [path("", front_page, name="demo-front-page")]
