"""The demo's own page: an exchange's front page that holds the chat."""

from django.urls import path

from vigil.demo.views import front_page, word

urlpatterns = [path("", front_page, name="demo-front-page"), path("demo/word", word, name="demo-word")]
