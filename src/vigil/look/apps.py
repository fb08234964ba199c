"""Django's name for this app."""

from django.apps import AppConfig


class Look(AppConfig):
    """The look, as Django lists it."""

    name = "vigil.look"
    label = "look"
