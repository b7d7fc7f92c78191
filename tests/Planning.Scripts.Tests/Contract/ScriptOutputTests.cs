using System.Text;
using Planning.Engine.Gates;
using Planning.Scripts.Contract;
using Planning.Scripts.Tests.Support;

namespace Planning.Scripts.Tests.Contract;

public sealed class ScriptOutputTests
{
    private const string Rest = "\"rule\": \"odd\", \"severity\": \"error\", \"message\": \"It is odd.\", \"advice\": \"Mend it.\"";

    [Theory]
    [InlineData("", "The file holds no JSON value.")]
    [InlineData("all is well", "line 1, column 1")]
    [InlineData("{\"version\": 1, \"findings\": []} {}", "line 1")]
    [InlineData("{\"version\": 1}", "findings")]
    [InlineData("{\"version\": 2, \"findings\": []}", "(/version)")]
    [InlineData("{\"version\": 1, \"findings\": [], \"passed\": true}", "passed")]
    [InlineData("{\"version\": 1, \"findings\": [{\"file\": \"be_backlog.yaml\"}]}", "(/findings/0)")]
    [InlineData("{\"version\": 1, \"version\": 1, \"findings\": []}", "version")]
    public void What_is_not_in_the_form_is_no_answer(string output, string told)
    {
        var message = Failure(output);

        Assert.StartsWith("The script's output is not what docs/script-validators.md asks for: ", message);
        Assert.Contains(told, message);
    }

    [Theory]
    [InlineData("\"severity\": \"fatal\"", "(/findings/0/severity)")]
    [InlineData("\"rule\": \"References Broken\"", "(/findings/0/rule)")]
    [InlineData("\"line\": 0", "(/findings/0/line)")]
    [InlineData("\"column\": 1", "(/findings/0)")]
    [InlineData("\"message\": \"\"", "(/findings/0/message)")]
    public void A_finding_keeps_to_its_form(string member, string told)
    {
        var name = member.Split('"')[1];
        var rest = string.Join(", ", Rest.Split(", ").Where(part => !part.Contains($"\"{name}\"")));

        Assert.Contains(told, Failure($$"""{"version": 1, "findings": [{"file": "be_backlog.yaml", {{member}}, {{rest}}}]}"""));
    }

    [Theory]
    [InlineData("\"file\": \"other.yaml\"", "the plan has no artifact other.yaml")]
    [InlineData("\"file\": \"be_backlog.yaml\", \"pointer\": \"/tasks/2\"", "nothing in be_backlog.yaml is at the pointer /tasks/2")]
    [InlineData("\"file\": \"be_backlog.yaml\", \"pointer\": \"tasks\"", "nothing in be_backlog.yaml is at the pointer tasks")]
    [InlineData("\"file\": \"notes.md\", \"pointer\": \"/tasks\"", "nothing in notes.md is at the pointer /tasks")]
    [InlineData("\"file\": \"be_backlog.yaml\", \"line\": 7", "be_backlog.yaml has no line 7 with a column 1")]
    [InlineData("\"file\": \"be_backlog.yaml\", \"line\": 2, \"column\": 8", "be_backlog.yaml has no line 2 with a column 8")]
    [InlineData("\"file\": \"be_backlog.yaml\", \"line\": 99999999999999999999", "be_backlog.yaml has no line 2147483647 with a column 1")]
    public void A_finding_that_points_to_what_is_not_there_is_a_failure_of_the_script(string place, string told) => Assert.Equal(
        $"The script's finding /findings/0 points to what is not there: {told}. None of its findings is taken.",
        Failure($$"""{"version": 1, "findings": [{{{place}}, {{Rest}}}]}"""));

    [Theory]
    [InlineData("\"file\": \"be_backlog.yaml\", \"line\": 6", 6, 1)]
    [InlineData("\"file\": \"be_backlog.yaml\", \"line\": 2, \"column\": 7", 2, 7)]
    [InlineData("\"file\": \"notes.md\", \"line\": 3, \"column\": 4", 3, 4)]
    [InlineData("\"file\": \"be_backlog.yaml\", \"pointer\": \"/tasks/1\"", 5, 5)]
    public void The_last_place_of_a_file_and_of_a_line_are_places(string place, int line, int column)
    {
        var finding = Assert.Single(Read($$"""{"version": 1, "findings": [{{{place}}, {{Rest}}}]}"""));

        Assert.Equal((line, column), (finding.Line, finding.Column));
    }

    private static string Failure(string output) => Assert.Throws<ValidatorFailedException>(() => Read(output)).Message;

    private static IReadOnlyList<Planning.Artifacts.Finding> Read(string output) => ScriptOutput.Read(
        Encoding.UTF8.GetBytes(output), "owners", ScriptBench.Input("a plan", ("be_backlog.yaml", ScriptBench.Backlog), ("notes.md", "one\r\ntwo\rx😀")), 1 << 20);
}
