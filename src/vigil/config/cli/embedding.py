"""`vigil embed`: the lines to copy into a page that shall hold the chat."""

from collections.abc import Sequence

from vigil.config.cli.run import set_up


def embed(arguments: Sequence[str]) -> int:
    """Print, for each site, the line that follows every version, the line that trusts this one alone, and the policy both need."""
    set_up()
    from django.conf import settings  # Imported here, as below: only now is Django set up.

    from vigil.faces.widget import editions
    from vigil.workspace.profile import profile

    edition, base = editions.keep(), settings.VIGIL_BASE_URL
    pinned = f'src="{base}/widget/loader-{edition.name}.js" integrity="{edition.integrity}" crossorigin="anonymous"'
    for site in profile().sites:
        print(f"{site.name}, on {' and '.join(site.origins)}\n")
        print(f'  <script src="{base}/widget/loader.js" data-site="{site.key}" async></script>\n')
        print("  or, only ever this version:\n")
        print(f'  <script {pinned} data-site="{site.key}" async></script>\n')
    print(f"Where the page has a Content-Security-Policy, it names us twice:\n\n  script-src {base}; frame-src {base}")
    return 0
