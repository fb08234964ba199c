from django.db import models

from vigil.kernel.text import MaskedTextField


class Macro(models.Model):
    """A prepared answer; its words stand in `MacroText`, one row a language."""

    key = models.SlugField(unique=True)
    position = models.PositiveSmallIntegerField(default=0)
    team = models.ForeignKey("team.Team", on_delete=models.CASCADE, null=True, related_name="+")


class MacroText(models.Model):
    """The title and the words of a macro in one language."""

    macro = models.ForeignKey(Macro, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(max_length=12)
    title = MaskedTextField()
    text = MaskedTextField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("macro", "language"), name="macro_has_one_text_a_language"),)
