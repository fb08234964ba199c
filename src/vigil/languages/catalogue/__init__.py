"""Every sentence a person reads, in every language: collected from the source, kept in gettext catalogues, checked, compiled.

Owns the catalogues under `languages/locale` and the tools for them, none of which needs GNU gettext; what is compiled from
them lies under `VIGIL_VAR/locale`. Refuses to guess a translation: what is new stays empty, and the build fails until somebody
who speaks the language has filled it.
"""
