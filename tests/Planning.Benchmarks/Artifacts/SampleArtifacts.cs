using System.Text;

namespace Planning.Benchmarks.Artifacts;

/// <summary>Valid instances in JSON, of about as many bytes as asked for.</summary>
internal static class SampleArtifacts
{
    public static string Backlog(int bytes) => Fill(
        bytes, """{"version": "1.0.0", "generated_at": "2026-01-05T08:00:00Z", "cycle": "2026-Q1", "tasks": [""", "]}", i =>
            $$"""
            {"id": "TASK-{{i}}", "title": "Move part {{i}} of the ledger", "description": "The ledger's part {{i}} moves to the new store; old readers work on until it is done.",
             "effort_points": {{(i % 13) + 1}}{{(i % 3 == 0 ? ".5" : "")}}, "priority": "P{{i % 5}}", "dependencies": [{{(i > 2 ? $"\"TASK-{i - 1}\", \"TASK-{i - 2}\"" : "")}}],
             "assignee": "dev.{{i % 9}}", "skills": ["sql", "csharp"], "start": "2026-01-{{(i % 28) + 1:00}}", "end": "2026-02-{{(i % 28) + 1:00}}", "status": "todo", "artifacts": ["ledger/{{i}}.md"]}
            """);

    public static string Workflow(int bytes) => Fill(
        bytes, """{"name": "build", "on": {"push": {"branches": ["main", "release/*"]}, "manual": null}, "env": {"LEVEL": 3}, "permissions": {"contents": "read"}, "jobs": {""", "}}", i =>
            i % 8 == 7
                ? $$"""
                  "call_{{i}}": {"needs": "job_{{i - 1}}", "uses": "./workflows/deploy.yml", "with": {"target": "stage-{{i}}"}, "secrets": "inherit"}
                  """
                : $$$"""
                  "job_{{{i}}}": {"runs_on": ["linux", "x64"], "timeout_minutes": {{{(i % 50) + 10}}}, "strategy": {"matrix": {"os": ["a", "b"], "level": [1, 2]}, "fail_fast": false},
                   "steps": [{"uses": "planning/checkout@v4", "with": {"depth": 1}}, {"name": "Build {{{i}}}", "run": "./build.sh --part {{{i}}}", "shell": "bash", "env": {"PART": "{{{i}}}"}},
                    {"if": "${{ always() }}", "run": "./report.sh"}]}
                  """);

    public static string Manifest(int bytes) => Fill(
        bytes,
        """
        {"name": "@planning/ledger", "version": "4.2.0", "license": "MIT", "author": "Ada <ada@planning.example>", "contributors": [{"name": "Bo", "email": "bo@planning.example"}],
         "repository": {"type": "git", "url": "https://planning.example/ledger.git"}, "exports": {".": {"import": "./index.mjs", "require": "./index.cjs"}, "./parts/*": "./parts/*.js"},
         "scripts": {"build": "make", "test": "make test"}, "engines": {"node": ">=20.1"}, "dependencies": {"left": "^1.2.3", "@planning/core": "~4.0.0"}, "releases": [
        """,
        "]}", i =>
            $$"""
            {"version": "{{i / 100}}.{{i / 10 % 10}}.{{i % 10}}", "released_at": "2026-01-{{(i % 28) + 1:00}}T08:00:00Z", "integrity": "sha512-Yq0vS5t8cD3kQmXb1nRz7w==", "size_bytes": {{40_000 + i}}, "score": 0.{{i % 1000:000}},
             "tags": ["stable", "lts-{{i % 3}}"], "dependencies": {"left": "^1.{{i % 9}}.3", "right": "latest", "@planning/core": "~{{i % 7}}.0.0", "mine": "workspace:*"}, "notes": "Parts of the ledger move; see the guide."}
            """);

    private static string Fill(int bytes, string head, string tail, Func<int, string> item)
    {
        var text = new StringBuilder(head).Append(item(0));
        for (var i = 1; item(i) is var next && text.Length + next.Length + tail.Length < bytes; i++)
            text.Append(", ").Append(next);
        return text.Append(tail).ToString();
    }
}
