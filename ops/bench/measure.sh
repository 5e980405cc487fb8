# Sourced by the scripts beside it, which set $bench; defines measure CLASS [OPTION...].

ops=$(dirname -- "$bench")
root=$(dirname -- "$ops")
. "$ops/find-java.sh"

# A script whose program starts no node empties it.
launcher=$ops/sipscope
# What the PostgreSQL of our own keeps in memory.
buffers=256MB
work='' postmaster=''
clean() {
  if [ -n "$postmaster" ]; then
    kill -INT "$postmaster" 2>/dev/null || true
    wait "$postmaster" 2>/dev/null || true
  fi
  if [ -n "$work" ]; then
    rm -rf "$work"
  fi
}

# PostgreSQL refuses to run as root; the folder must be reachable for whom it runs as.
start_postgres() {
  programs=''
  for folder in /usr/lib/postgresql/*/bin "$(dirname -- "$(command -v initdb 2>/dev/null || echo /nowhere/initdb)")"; do
    if [ -x "$folder/initdb" ]; then
      programs=$folder
    fi
  done
  if [ -z "$programs" ]; then
    echo "no PostgreSQL: apt-get install postgresql, or set SIPSCOPE_POSTGRES_URL" >&2
    exit 1
  fi
  work=$(mktemp -d)
  chmod 755 "$work"
  as=''
  if [ "$(id -u)" = 0 ]; then
    chown 65534:65534 "$work"
    as='setpriv --reuid=65534 --regid=65534 --clear-groups --'
  fi
  port=$((20000 + $$ % 20000))
  # shellcheck disable=SC2086 # a command and its options
  (cd "$work" && $as "$programs/initdb" -D "$work/data" -U sipscope -A trust -E UTF8 --locale=C >"$work/initdb.log" 2>&1) || {
    cat "$work/initdb.log" >&2
    exit 1
  }
  # shellcheck disable=SC2086
  (cd "$work" && exec $as "$programs/postgres" -D "$work/data" -p $port \
    -c listen_addresses=127.0.0.1 -c unix_socket_directories= \
    -c "shared_buffers=$buffers" -c max_wal_size=4GB) >"$work/postgres.out" 2>&1 &
  postmaster=$!
  for _ in 1 2 3 4 5 6 7 8 9 10; do
    if psql -h 127.0.0.1 -p $port -U sipscope -d postgres -qc 'create database sipscope' 2>/dev/null; then
      break
    fi
    sleep 1
  done
  export SIPSCOPE_POSTGRES_URL="jdbc:postgresql://127.0.0.1:$port/sipscope"
  export SIPSCOPE_POSTGRES_USER=sipscope
}

measure() {
  main=$1
  shift
  java_home=$(find_java) || exit 1
  (cd "$root" && JAVA25_HOME="$java_home" mvn -B -q -ntp -DskipTests -pl ops,ops/bench -am package)
  trap clean EXIT
  trap 'exit 130' INT TERM
  database=''
  case " $* " in
    *' --store postgres '* | *' --store=postgres '* | *' --store h2,postgres '*)
      if [ -z "${SIPSCOPE_POSTGRES_URL:-}" ]; then
        start_postgres
        case $main in
          io.sipscope.bench.node.*) database="--database-pid=$postmaster" ;;
        esac
      fi
      ;;
  esac
  # shellcheck disable=SC2086 # no option, or one
  "$java_home/bin/java" -Xmx512m -cp "$bench/target/classes:$bench/target/lib/*" "$main" \
    ${launcher:+--launcher "$launcher"} $database "$@"
}
