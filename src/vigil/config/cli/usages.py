"""What may follow the commands that take more than a word; apart from what does them, which is imported later."""

AGENTS = (
    "usage: vigil agents\n"
    "       vigil agents hire EMAIL NAME --language CODE [--language CODE ...] [--team KEY ...]\n"
    "                    [--public-name NAME] [--role agent|supervisor|admin] [--zone ZONE]\n"
    "       vigil agents off EMAIL\n"
    "       vigil agents on EMAIL\n"
    "       vigil agents out EMAIL\n"
    "       vigil agents reset EMAIL"
)

JUDGING = (
    'reads JSON Lines, one {"id": ..., "text": ...} a line, and answers each line with one, in the same order, as soon as it was read;\n'
    "a line that cannot be judged is answered with its id, its number and an error, and the rest go on: the end is then 1, else 0"
)

CHECK_LINK = (
    "usage: vigil check-link [--registry FILE]\n"
    'reads JSON Lines, one {"id": ..., "url": ...} a line, a URL or a bare host, and answers each line with one;\n'
    "FILE has the name of a [brand] and its [[official]] channels, as a profile does; without it the profile is read"
)

CHECK_REPLY = (
    "usage: vigil check-reply [--registry FILE]\n"
    'reads JSON Lines, one {"id": ..., "text": ..., "lang": ...} a line, and answers each line with what stands against sending it;\n'
    '"own" may list what is the customer\'s own; FILE is as for check-link'
)
