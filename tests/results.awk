# Reads the .trx files of a test run; prints failures, skipped tests grouped by reason, and "N passed, N failed, N skipped".
# The files are XML, one tag to a record here.
BEGIN { RS = "<"; FS = "\n" }

function attribute(name,    at, rest) {
  at = index($0, " " name "=\"")
  if (!at) return ""
  rest = substr($0, at + length(name) + 3)
  return plain(substr(rest, 1, index(rest, "\"") - 1))
}

function text(    at) {
  at = index($0, ">")
  return plain(substr($0, at + 1))
}

function plain(s) {
  gsub(/&lt;/, "<", s); gsub(/&gt;/, ">", s); gsub(/&quot;/, "\"", s); gsub(/&apos;/, "'", s)
  gsub(/&#x[dD];/, "", s); gsub(/&#x[aA];/, "\n", s); gsub(/\r/, "", s); gsub(/&amp;/, "\\&", s)
  return s
}

/^UnitTestResult / {
  test = attribute("testName"); outcome = attribute("outcome")
  if (outcome == "Passed") passed++
  else if (outcome == "NotExecuted") skipped++
  else { failed++; failure[failed] = test }
  # Without an inner tag nothing more is said about this one.
  if ($0 ~ /\/>[ \n\r]*$/) test = ""
}

/^Message>/ && test != "" && outcome != "Passed" { said = text(); if (outcome == "NotExecuted") reason[test] = said; else why[failed] = said }
/^StdOut>/ && test != "" && outcome == "Passed" { count(text()) }
/^StdOut>/ && test != "" && outcome == "NotExecuted" && !(test in reason) { reason[test] = text() }
/^StackTrace>/ && test != "" && outcome != "Passed" { where[failed] = text() }
/^\/UnitTestResult>/ { if (outcome == "NotExecuted") group(test); test = "" }

function group(test,    because) {
  because = (test in reason) ? reason[test] : "no reason given"
  if (!(because in members)) order[++groups] = because
  members[because] = members[because] "\n    " test
}

# What tests that pass have counted, see tests/Planning.Testing/Counted.cs; kept in the order of the alphabet.
function count(said,    lines, n, i, at) {
  n = split(said, lines, "\n")
  for (i = 1; i <= n; i++) {
    if (lines[i] !~ /^counted: /) continue
    for (at = ++counts; at > 1 && counted[at - 1] > lines[i]; at--) counted[at] = counted[at - 1]
    counted[at] = lines[i]
  }
}

function indented(s) {
  gsub(/\n+$/, "", s); gsub(/\n/, "\n    ", s)
  return "    " s
}

END {
  for (i = 1; i <= counts; i++) print counted[i]
  for (i = 1; i <= failed; i++) {
    print "FAILED " failure[i]
    if (why[i] != "") print indented(why[i])
    if (where[i] != "") print indented(where[i])
  }
  for (i = 1; i <= groups; i++) print "SKIPPED: " order[i] members[order[i]]
  printf "%d passed, %d failed, %d skipped\n", passed, failed + crashed, skipped
  exit failed + crashed > 0
}
