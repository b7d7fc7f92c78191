# What the launcher needs on the machine: sourced, not run.
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1

oldest_postgres=15

fail() {
  echo "$1" >&2
  exit 1
}

# Puts dotnet on the PATH when it lies where its installers put it.
for folder in "${DOTNET_ROOT:-}" "$HOME/.dotnet" /usr/share/dotnet /usr/lib/dotnet /usr/local/share/dotnet; do
  command -v dotnet > /dev/null && break
  [ -n "$folder" ] && [ -x "$folder/dotnet" ] && export PATH="$folder:$PATH" DOTNET_ROOT="$folder"
done

need_dotnet() {
  if ! dotnet --list-sdks 2> /dev/null | grep -q '^10\.'; then
    fail "The .NET 10 SDK is missing: get it from https://dotnet.microsoft.com/download or, where packaged, with apt-get install dotnet-sdk-10.0 or brew install dotnet."
  fi
}

# The same places as src/Planning.Postgres/Private/PostgresBinaries.cs.
has_postgres() {
  local program folder
  for program in "$(command -v postgres || true)" /usr/lib/postgresql/*/bin/postgres /usr/pgsql-*/bin/postgres \
    /opt/homebrew/opt/postgresql@*/bin/postgres /usr/local/opt/postgresql@*/bin/postgres \
    /home/linuxbrew/.linuxbrew/opt/postgresql@*/bin/postgres /Library/PostgreSQL/*/bin/postgres /usr/local/pgsql/bin/postgres; do
    folder=${program%/postgres}
    [ -x "$program" ] && [ -x "$folder/initdb" ] || continue
    [ "$("$program" --version | sed 's/[^0-9]*\([0-9]*\).*/\1/')" -ge $oldest_postgres ] && return 0
  done
  return 1
}

# Installs without asking and without a server of the package's own being started.
apt_install() {
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends -o Dpkg::Options::=--force-confold "$@"
}

install_postgres() {
  local candidate
  apt-get update -qq
  if [ ! -e /etc/postgresql-common/createcluster.conf ]; then
    mkdir -p /etc/postgresql-common
    echo "create_main_cluster = false" > /etc/postgresql-common/createcluster.conf
  fi
  candidate=$(apt-cache policy postgresql | sed -n 's/ *Candidate: \([0-9]*\).*/\1/p')
  if [ "${candidate:-0}" -ge $oldest_postgres ]; then
    apt_install postgresql
  else
    # An older release: PostgreSQL's own package archive, by the script that comes with the distribution.
    apt_install postgresql-common ca-certificates
    /usr/share/postgresql-common/pgdg/apt.postgresql.org.sh -y
    apt_install postgresql-17
  fi
}

# Some of the cluster's tests make networks of their own. Where they cannot they are skipped, so that this never fails.
want_ip() {
  command -v ip > /dev/null && return
  if [ "$(id -u)" = 0 ] && command -v apt-get > /dev/null; then
    (apt-get update -qq && apt_install iproute2) > /dev/null 2>&1 || true
  fi
}

need_postgres() {
  local log
  has_postgres && return
  if ! command -v apt-get > /dev/null; then
    fail "PostgreSQL $oldest_postgres or newer is missing: install it (brew install postgresql@17, dnf install postgresql-server), or name a database of yours with --database."
  fi
  if [ "$(id -u)" != 0 ]; then
    fail "PostgreSQL $oldest_postgres or newer is missing: install it with sudo apt-get install postgresql, or name a database of yours with --database."
  fi
  echo "PostgreSQL is missing and is being installed with apt-get." >&2
  log=$(mktemp)
  if ! (set -e; install_postgres) > "$log" 2>&1 || ! has_postgres; then
    tail -n 20 "$log" >&2
    rm -f "$log"
    fail "PostgreSQL $oldest_postgres or newer could not be installed: install it by hand, or name a database of yours with --database."
  fi
  rm -f "$log"
}
