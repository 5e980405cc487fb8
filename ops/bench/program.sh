# Sourced by the scripts beside it, which set $bench; defines run_program CLASS [OPTION...].

ops=$(dirname -- "$bench")
root=$(dirname -- "$ops")
. "$ops/find-java.sh"

run_program() {
  java_home=$(find_java) || exit 1
  (cd "$root" && JAVA25_HOME="$java_home" mvn -B -q -ntp -DskipTests -pl ops/bench -am package)
  "$java_home/bin/java" --enable-native-access=ALL-UNNAMED -XX:+UseCompactObjectHeaders -Xmx1g \
    -cp "$bench/target/classes:$bench/target/lib/*" "$@"
}
