# Sourced by the commands beside it: gives $house a .venv with what is required.

house=$(cd "$(dirname "$0")/.." && pwd)
python="$house/.venv/bin/python"

fail() {
  echo "$*" >&2
  exit 1
}

find_python() {
  for found in python3 python3.13 python3.12 python3.11; do
    "$found" -c 'if True:
      import sqlite3, sys
      recent = sys.version_info >= (3, 11) and sqlite3.sqlite_version_info >= (3, 38)
      sys.exit(not recent)' 2>/dev/null && return
  done
  fail "Newsroom needs Python 3.11 or newer with SQLite 3.38 or newer."
}

# A venv moved to another place, or left half made, is made again.
make_venv() {
  "$python" -c "import pip" 2>/dev/null && return
  [ -w "$house" ] || fail "Cannot write to $house, where .venv has to be made."
  find_python
  echo "Making .venv with $("$found" --version)." >&2
  rm -rf "$house/.venv"
  try_venv || try_installing_venv || try_virtualenv || fail \
    "$found cannot make .venv here: install its venv module or virtualenv."
}

try_venv() {
  "$found" -m venv "$house/.venv" >/dev/null 2>&1
}

try_installing_venv() {
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || return 1
  echo "$found has no venv module. As root: apt-get install --yes python3-venv" >&2
  { apt-get update && apt-get install --yes python3-venv; } >/dev/null 2>&1
  try_venv
}

try_virtualenv() {
  virtualenv --python "$found" "$house/.venv" >/dev/null 2>&1 ||
    "$found" -m virtualenv "$house/.venv" >/dev/null 2>&1
}

# The copy kept in .venv tells whether these very requirements are installed.
install() {
  cmp -s "$house/$1" "$house/.venv/$1" && return
  count_packages <"$house/$1"
  echo "Installing $1: $packages packages, which takes some minutes the first time." >&2
  # That it went well is told past the pipe, on descriptor 3.
  told=$({ { run_pip "$1" && echo done >&3; } | show_packages >&2; } 3>&1)
  [ "$told" = done ] || fail "$1 could not be installed: see above."
  cp "$house/$1" "$house/.venv/$1"
}

run_pip() {
  "$python" -m pip install --disable-pip-version-check --root-user-action ignore \
    --progress-bar off --require-hashes --requirement "$house/$1" 3>&-
}

count_packages() {
  packages=0
  while IFS= read -r line; do
    case $line in [A-Za-z]*==*) packages=$((packages + 1)) ;; esac
  done
}

# A line a package of what pip says; its errors are elsewhere.
show_packages() {
  number=0
  while IFS= read -r line; do
    case $line in
    "Requirement already satisfied: "* | "Ignoring "*) number=$((number + 1)) ;;
    "Collecting "* | "Processing "*)
      number=$((number + 1)) name=${line#* } name=${name%% *}
      echo "  $number of $packages: ${name##*/}"
      ;;
    "Installing collected packages: "*) echo "  All downloaded; unpacking them." ;;
    esac
  done
}
