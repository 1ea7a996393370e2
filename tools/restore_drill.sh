#!/bin/sh
# Backs the demonstration up and restores it in another house, with the commands that a deployment uses.
# Fails if a row, a file, a figure or the audit differs, or if anything would be sent again.
set -eu
cd "$(dirname "$0")/.."
unset DATABASE_URL REDIS_URL IJM_PROCESS IJM_EMBEDDED SEALING_KEYS SEALING_KEYS_FILE 2>/dev/null || true

python=.venv/bin/python
folder=$(mktemp -d "${TMPDIR:-/tmp}/ijm-drill-XXXXXX")

finish() {
    for house in lost found; do
        IJM_DEV_DIR="$folder/$house" $python -m devservices stop || true
        IJM_DEV_DIR="$folder/$house" $python -m devservices clean || true
    done
    rm -rf "$folder"
}
trap finish EXIT

in_house() {
    house=$1
    shift
    IJM_DEV_DIR="$folder/$house" $python manage.py "$@"
}

# What a command says is kept in said.log and shown; what it must say is the first word.
must_say() {
    words=$1
    shift
    in_house "$@" > "$folder/said.log" 2>&1 || { cat "$folder/said.log"; exit 1; }
    tail -8 "$folder/said.log"
    grep -q "$words" "$folder/said.log" || { echo "It should have said: $words"; exit 1; }
}

counted() {
    sed -n "s/^$1: //p" "$folder/said.log"
}

$python - > "$folder/key.txt" <<'END'
import pyrage
key = pyrage.x25519.Identity.generate()
print(f"# public key: {key.to_public()}\n{key}")
END
BACKUP_PUBLIC_KEY=$(sed -n 's/^# public key: //p' "$folder/key.txt")
export BACKUP_PUBLIC_KEY

echo "--- the house that will be lost"
in_house lost migrate -v 0
must_say . lost load_demo
in_house lost seal_audit
must_say 'sha256' lost backup --to "$folder/backups" --keep 1
# It goes on for a while: all this is sent, and no backup knows of it.
must_say '^mails: [1-9]' lost sweep

echo "--- the house that is built anew"
# The master keys of sealed values and the sealer's public keys are kept apart and must be brought along.
SEALING_KEYS_FILE="$folder/lost/sealing.json"
AUDIT_PUBLIC_KEYS_FILE="$folder/lost/sealer/public.keys"
export SEALING_KEYS_FILE AUDIT_PUBLIC_KEYS_FILE
must_say 'all as they were' found restore_backup "$folder"/backups/*.age --identity "$folder/key.txt"
grep -q 'not checked' "$folder/said.log" && { echo "The audit was not looked through."; exit 1; }
must_say '^mails: 0$' found sweep
must_say ' 0 differ' found load_case_files casefiles/examples --check
must_say 'kept back for good: [1-9]' found release_sending
must_say '^mails: ' found sweep
# Today's own messages may go out, the daily test and the lists of the morning; nothing of what waited before.
sent=$(counted mails)
[ "$sent" -le $(($(counted trials) + $(counted digests))) ] || { echo "Sent again: $sent"; exit 1; }
echo "The drill went well."
