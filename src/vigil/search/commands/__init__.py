"""Every way the index and the lists of recent searches change."""

from vigil.search.commands.following import ANALYSER, ensure_standing, follow
from vigil.search.commands.forgetting import forget_words, note_due
from vigil.search.commands.recent import KEPT, forget_all_of, forget_recent, keep_recent

__all__ = ["ANALYSER", "KEPT", "ensure_standing", "follow", "forget_all_of", "forget_recent", "forget_words", "keep_recent", "note_due"]
