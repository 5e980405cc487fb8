# Sourced by the scripts beside it; defines find_java, which prints the home of a JDK that suits or
# says on standard error why there is none and fails. It reads $home/release, so no JVM is started.

wanted=25

# The feature version of the JDK in $1, read from its release file; 0 when it is none.
feature() {
  version=$(sed -n 's/^JAVA_VERSION="\{0,1\}\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null || true)
  if [ -z "$version" ]; then
    version=$("$1/bin/java" -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p' | head -n 1)
  fi
  echo "${version:-0}"
}

suits() {
  [ -n "${1:-}" ] && [ -x "$1/bin/java" ] && [ "$(feature "$1")" -ge "$wanted" ]
}

find_java() {
  if [ -n "${SIPSCOPE_JAVA_HOME:-}" ]; then
    if suits "$SIPSCOPE_JAVA_HOME"; then
      echo "$SIPSCOPE_JAVA_HOME"
      return 0
    fi
    printf 'sipscope: %s\n' "SIPSCOPE_JAVA_HOME=$SIPSCOPE_JAVA_HOME is no JDK $wanted or newer" >&2
    return 1
  fi
  if suits "${JAVA_HOME:-}"; then
    echo "$JAVA_HOME"
    return 0
  fi
  if java=$(command -v java 2>/dev/null); then
    home=$(dirname -- "$(dirname -- "$(readlink -f -- "$java")")")
    if suits "$home"; then
      echo "$home"
      return 0
    fi
  fi
  # Of several, the oldest that suits: the one this was tested with.
  found='' found_version=0
  for home in /usr/lib/jvm/* /opt/java/* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/*; do
    if [ -L "$home" ] || ! suits "$home"; then
      continue
    fi
    version=$(feature "$home")
    if [ -z "$found" ] || [ "$version" -lt "$found_version" ]; then
      found=$home found_version=$version
    fi
  done
  if [ -n "$found" ]; then
    echo "$found"
    return 0
  fi
  printf 'sipscope: %s\n' "no JDK $wanted or newer found (looked at SIPSCOPE_JAVA_HOME, JAVA_HOME, PATH, /usr/lib/jvm, /opt/java, ~/.sdkman, ~/.jdks)" >&2
  printf 'sipscope: %s\n' "install one, for example the Debian package temurin-$wanted-jdk, or set SIPSCOPE_JAVA_HOME" >&2
  return 1
}
