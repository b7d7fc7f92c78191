using System.Text;
using Planning.Engine.Digests;
using Xunit;

namespace Planning.Engine.Tests.Digests;

public sealed class CycleNotesReaderTests
{
    private static CycleNotes Read(string yaml) => CycleNotesReader.Read(Encoding.UTF8.GetBytes(yaml));

    [Fact]
    public void Everything_that_the_form_knows_is_read()
    {
        var notes = CycleNotesReader.Read(GoldenHistory.Notes);
        Assert.Empty(notes.Problems);
        Assert.Equal(new Risk("The acquirer changes its sandbox | without notice", "high", "medium", "Contract tests run nightly", "mitigated"), notes.Risks[0]);
        Assert.Equal(new NotedDecision("One ledger entry per event", "A balance can be recomputed from the events alone", new DateOnly(2027, 2, 2)), Assert.Single(notes.Decisions));
        Assert.Equal(["Estimate acceptance tests, too"], notes.Lessons!.ToImprove.AsEnumerable());
        Assert.Equal((2, 1, 2), (notes.NextGoals.Length, notes.SuccessCriteria.Length, notes.Distribution.Length));
    }

    [Theory]
    [InlineData("risks: {}", "cycle_notes.yaml:1:8 /risks should be a list; it is left out.")]
    [InlineData("risks:\n  - risk: R", "cycle_notes.yaml:2:5 'impact' is missing; the entry is left out.")]
    [InlineData("next_goals: [[deep]]", "cycle_notes.yaml:1:14 /next_goals/0 should be text; it is left out.")]
    [InlineData("decisions:\n  - {title: T, reason: R, date: soon}", "cycle_notes.yaml:2:33 /decisions/0/date should be a date such as 2027-01-31; it is left out.")]
    [InlineData("- a list", "cycle_notes.yaml:1:1  should be a mapping; it is left out.")]
    public void What_cannot_be_read_is_said_with_its_place(string yaml, string problem) => Assert.Equal(problem, Assert.Single(Read(yaml).Problems));

    [Fact]
    public void What_can_be_read_of_a_broken_file_is_kept()
    {
        var notes = Read("risks: 3\nnext_goals: [Ship, 2]\n");
        Assert.Equal(["Ship", "2"], notes.NextGoals.AsEnumerable());
        Assert.Single(notes.Problems);
    }

    [Fact]
    public void A_file_that_is_no_yaml_gives_problems_and_nothing_else()
    {
        var notes = Read("risks: [unclosed");
        Assert.NotEmpty(notes.Problems);
        Assert.Empty(notes.Risks);
    }
}
