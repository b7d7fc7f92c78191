# ./planning test: builds everything, runs the test projects two at a time, counts their results. Sourced, not run.

# No project may take longer, and no single test may be silent longer.
project_limit=${PLANNING_TEST_PROJECT_LIMIT_S:-1500}
hang_limit=${PLANNING_TEST_HANG_LIMIT_S:-480}
parallel=${PLANNING_TEST_PARALLEL:-2}

# Many processes with bounds on how long others may wait for one that fails: nothing else runs beside them.
alone=Planning.Cluster.Tests

# Takes longest of the rest: begun first, so that the other half of the machine is not idle at the end.
first=Planning.Crash.Tests

# The whole, or all but the cluster where the registry at hand has no Microsoft Orleans.
solution=Planning.Orleans.sln

choose_solution() {
  if ! dotnet restore "$here/Planning.Orleans.sln" -v q > /dev/null 2>&1; then
    solution=Planning.slnf
  fi
}

# The test projects of the solution, one path a line.
test_projects() {
  sed -n 's/^Project(.*"\(tests[^"]*\.csproj\)".*/\1/p' "$here/Planning.Orleans.sln" | tr '\\' '/' | while read -r path; do
    grep -q 'Microsoft.NET.Test.Sdk' "$here/$path" || continue
    [ $solution = Planning.Orleans.sln ] || grep -q "\"${path//\//.*}\"" "$here/$solution" || continue
    for word in "$@"; do
      case $path in *"$word"*) echo "$path"; continue 2 ;; esac
    done
    [ $# -gt 0 ] || echo "$path"
  done
}

# run_project PATH: leaves NAME.trx, NAME.out and NAME.exit in $results.
run_project() {
  local name code=0 limit=()
  name=$(basename "$1" .csproj)
  command -v timeout > /dev/null && limit=(timeout -k 10 "$project_limit")
  # In the background, so that the shell is free to pass on a request to end.
  "${limit[@]+"${limit[@]}"}" dotnet test "$here/tests/$name/bin/Release/net10.0/$name.dll" --logger "trx;LogFileName=$name.trx" \
    --results-directory "$results" --blame-hang-timeout "${hang_limit}s" --blame-hang-dump-type none > "$results/$name.out" 2>&1 < /dev/null &
  trap "kill $! 2> /dev/null" TERM
  wait $! || code=$?
  echo $code > "$results/$name.exit"
}

run_tests() {
  local failed_builds name running=0
  need_dotnet
  need_postgres
  want_ip
  results=$(mktemp -d)
  trap 'rm -rf "$results"' EXIT
  trap 'kill $(jobs -p) 2> /dev/null; wait; exit 130' INT TERM
  choose_solution
  [ -t 2 ] && echo "building…" >&2
  # Some thirty projects: one compiler that stays warm builds them in a third of the time. It goes when they are built.
  if ! build "$here/$solution" "$results/build.log" -p:UseSharedCompilation=true; then
    failed_builds=$(grep -E '(error|MSB[0-9]+)' "$results/build.log" | sort -u)
    echo "${failed_builds:-$(tail -n 20 "$results/build.log")}"
    echo "The build failed, so no test ran."
    echo "0 passed, 1 failed, 0 skipped"
    exit 1
  fi
  dotnet build-server shutdown --vbcscompiler > /dev/null 2>&1 || true
  # Processes here live for seconds: they end before what is measured for a faster second compilation pays.
  export DOTNET_TieredPGO=0
  for path in $(test_projects "$@" | grep "$first") $(test_projects "$@" | grep -v -e "$first" -e "$alone"); do
    run_project "$path" &
    running=$((running + 1))
    # Bash before 4.3 cannot wait for just one; it then waits for the pair.
    if [ $running -ge "$parallel" ]; then
      if wait -n 2> /dev/null; then running=$((running - 1)); else wait; running=0; fi
    fi
  done
  wait
  for path in $(test_projects "$@" | grep "$alone"); do
    run_project "$path" &
    wait
  done
  report
}

# Prints failures, skipped tests by reason, and the counted line; the exit code says whether all is well.
report() {
  local out name crashed=0 trx=()
  for out in "$results"/*.exit; do
    [ -e "$out" ] || fail "No test project has such a name."
    name=$(basename "$out" .exit)
    [ -e "$results/$name.trx" ] && trx+=("$results/$name.trx")
    # Failed, yet no failed test in the results: the process itself died or hung.
    if [ "$(cat "$out")" != 0 ] && ! grep -qs '<UnitTestResult [^>]*outcome="Failed"' "$results/$name.trx"; then
      crashed=$((crashed + 1))
      echo "FAILED $name did not finish (exit code $(cat "$out")). Its last words:"
      tail -n 25 "$results/$name.out" | sed 's/^/    /'
    fi
  done
  if [ $solution != Planning.Orleans.sln ]; then
    echo "The cluster tests did not run: the Microsoft Orleans packages do not restore here. Everything else did."
  fi
  awk -v crashed=$crashed -f "$here/tests/results.awk" "${trx[@]+"${trx[@]}"}" < /dev/null
}
