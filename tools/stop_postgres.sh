#!/bin/sh
# Stops the embedded PostgreSQL servers that still run in the named folders, so that nothing is deleted under them. Needs no
# environment of ours: a server writes its number into postmaster.pid, and SIGINT is its own word for "stop now, in order".
set -u

line_of() { ps -ww -o args= -p "$1" 2>/dev/null || tr '\0' ' ' 2>/dev/null <"/proc/$1/cmdline"; }
# The number alone proves nothing: after a crash it may have become somebody else's.
runs() { case "$(line_of "$1")" in *postgres*" $2 "* | *postgres*" $2") return 0 ;; *) return 1 ;; esac; }

# Who uses a server is written beside its data. What a killed program left there is nobody any more.
users_of() {
    for user in $(tr -cs '0-9' ' ' 2>/dev/null <"$1/.handle_pids.json"); do
        case "$(line_of "$user")" in *python*) echo "$user" ;; esac
    done
}

for folder in "$@"; do
    users=$(users_of "$folder")
    [ -z "$users" ] && continue
    echo "Stop Vigil first: $folder is in use by" $users "(process numbers). Nothing was removed." >&2
    exit 1
done
for folder in "$@"; do
    [ -f "$folder/postmaster.pid" ] || continue
    number=$(sed -n 1p "$folder/postmaster.pid")
    place=$(cd "$folder" && pwd -P)
    runs "$number" "$place" || continue
    echo "Stopping the PostgreSQL in $folder."
    kill -INT "$number" || exit 1
    tries=0
    while runs "$number" "$place"; do
        tries=$((tries + 1))
        if [ "$tries" -gt 30 ]; then
            echo "The PostgreSQL in $folder (process $number) does not stop; nothing was removed." >&2
            exit 1
        fi
        sleep 1
    done
done
