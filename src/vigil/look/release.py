"""Which of our scripts and sheets a page was made with: a page that stays open for a day outlives them."""

from django.contrib.staticfiles.storage import staticfiles_storage


def name_release() -> str:
    """Name what is served now by what it holds; empty where the files are served one by one, as a developer has them."""
    return str(getattr(staticfiles_storage, "manifest_hash", ""))
