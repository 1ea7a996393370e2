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

$python - > "$folder/key.txt" <<'END'
import pyrage
key = pyrage.x25519.Identity.generate()
print(f"# public key: {key.to_public()}\n{key}")
END
BACKUP_PUBLIC_KEY=$(sed -n 's/^# public key: //p' "$folder/key.txt")
export BACKUP_PUBLIC_KEY

echo "--- the house that will be lost"
in_house lost migrate -v 0
in_house lost load_demo > "$folder/demo.log" || { cat "$folder/demo.log"; exit 1; }
in_house lost backup --to "$folder/backups" --keep 1
# It goes on for a while: all this is sent, and no backup knows of it.
in_house lost sweep | tee "$folder/sent.log"
grep -q '^mails: [1-9]' "$folder/sent.log" || { echo "Nothing was sent, so the drill would prove nothing."; exit 1; }

echo "--- the house that is built anew"
# The master keys of sealed values are kept apart from backups and must be brought along.
SEALING_KEYS_FILE="$folder/lost/sealing.json"
export SEALING_KEYS_FILE
in_house found restore_backup "$folder"/backups/*.age --identity "$folder/key.txt"
in_house found sweep | tee "$folder/sweep.log"
grep -q '^mails: 0$' "$folder/sweep.log" || { echo "Mail went out of a restored house."; exit 1; }
in_house found load_case_files casefiles/examples --check > "$folder/check.log" || { cat "$folder/check.log"; exit 1; }
tail -1 "$folder/check.log"
in_house found release_sending
in_house found sweep | grep '^mails: 0$'
