from django.apps import AppConfig


class Config(AppConfig):
    """Files: the one gateway for bytes."""

    name = "vigil.files"
