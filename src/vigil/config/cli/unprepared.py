"""What to say when a command meets settings that cannot be, or a database that is not there or that nobody has prepared."""

_ABSENT = {"42P01", "42703"}  # SQLSTATE: a table, or a column, that does not exist


def find_reason(error: BaseException) -> str | None:
    """Find a sentence for what the checks or a database complained of, whoever wrapped it; None for every other error."""
    import psycopg  # Imported here, as below: the help must not wait for it.

    from vigil.config.cli.run import Unsafe

    if isinstance(error, Unsafe):
        return str(error)

    each: BaseException | None = error
    while each is not None:
        if isinstance(each, psycopg.Error) and each.sqlstate in _ABSENT:
            return "the database is not prepared for this version; run `vigil prepare`"
        if isinstance(each, psycopg.OperationalError):
            return "the database cannot be used now; `vigil doctor` says what is wrong"
        each = each.__cause__
    return None
