using Planning.Artifacts.Coverage;
using Planning.Artifacts.Documents;
using Planning.Artifacts.Tests.Support;
using static Planning.Artifacts.Tests.Support.Parsing;

namespace Planning.Artifacts.Tests.Coverage;

public sealed class CoverageReaderTests
{
    [SharedDataTheory]
    [InlineData("cobertura/coverlet-csharp.xml", 255, 156, 14, 9)]
    [InlineData("cobertura/istanbul-typescript.xml", 156, 63, 41, 25)]
    [InlineData("cobertura/edge-missing-condition-coverage.xml", 53, 44, 4, 3, "coverage.totals_disagree 2:1")]
    [InlineData("cobertura/edge-duplicate-lines.xml", 10, 7, 12, 7, "coverage.totals_disagree 3:1")]
    [InlineData("cobertura/edge-empty.xml", 82, 63, 0, 0, "coverage.totals_disagree 3:1")]
    [InlineData("lcov/coverlet-csharp.info", 199, 124, 8, 5)]
    [InlineData("lcov/reportgenerator-sample.info", 108, 75, 8, 4)]
    [InlineData("lcov/yui-parts.info", 263, 218, 23, 22, "coverage.totals_disagree 394:1")]
    [InlineData("lcov/gcovr-nested-branches.info", 47, 28, 14, 4)]
    [InlineData("lcov/edge-large-hit-counts.info", 2, 1, 2, 1, "coverage.unknown_record 8:1", "coverage.no_totals 2:1", "coverage.no_totals 2:1")]
    [InlineData("jacoco/jacoco-0.8.3-java.xml", 38, 26, 4, 1)]
    [InlineData("jacoco/codingstyle.xml", 323, 294, 116, 109)]
    [InlineData("jacoco/gradle-jacocoTestReport.xml", 225, 225, 128, 124)]
    [InlineData("jacoco/gcovr-nested.xml", 42, 25, 14, 4)]
    public void The_totals_of_real_reports_are_those_they_state(
        string file, int lines, int covered, int branches, int coveredBranches, params string[] findings)
    {
        var result = ReadShared(file);
        Assert.Equal(new CoverageCount(lines, covered), result.Value!.Lines);
        Assert.Equal(new CoverageCount(branches, coveredBranches), result.Value.Branches);
        Assert.Equal(findings, Places(result.Findings));
        Assert.All(result.Findings, finding => Assert.Equal(Severity.Warning, finding.Severity));
    }

    [SharedDataFact]
    public void A_report_with_rates_alone_gives_its_rate_and_no_counts()
    {
        var result = ReadShared("cobertura/lots-of-data.xml");
        Assert.Null(result.Value!.Lines);
        Assert.Equal(0.0702, result.Value.LineRate!.Value, 4);
        Assert.Equal(0.0496, result.Value.BranchRate!.Value, 4);
        Assert.Equal(["coverage.no_totals 4:1"], Places(result.Findings));
    }

    [Theory]
    [InlineData("<?xml version=\"1.0\u00ff\" encoding=\"UTF-8\"?>\n<coverage>\n<a b=\"1\"c/></coverage>", "coverage.syntax 1:19")]
    [InlineData("\u00ef\u00bb\u00bf<?xml version=\"1.0\"\n\u00ff?>\n<coverage lines-valid=\"x\"/>", "coverage.syntax 2:1")]
    [InlineData("<?xml version=\"1.0\" \u00ff", "coverage.syntax 1:21")]
    [InlineData("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n<coverage lines-valid=\"\u00ff\"/>", "coverage.number 2:1", "coverage.no_totals 2:1")]
    public void A_byte_that_is_no_ascii_in_the_declaration_is_told_where_it_stands(string latin, params string[] findings) =>
        Assert.Equal(findings, Places(CoverageReader.Read(ArtifactParser.Parse(System.Text.Encoding.Latin1.GetBytes(latin), "coverage.xml")).Findings));

    [SharedDataFact]
    public void Another_root_element_is_no_coverage_report()
    {
        var result = ReadShared("jacoco/edge-empty.xml");
        Assert.Null(result.Value);
        Assert.Equal(["coverage.format 2:1"], Places(result.Findings));
    }

    [Theory]
    [InlineData("<coverage lines-valid=\"10\" lines-covered=\"11\"/>", "coverage.number 1:1", "coverage.totals_disagree 1:1")]
    [InlineData("<coverage lines-valid=\"x\" lines-covered=\"1\"/>", "coverage.number 1:1", "coverage.no_totals 1:1")]
    [InlineData("<coverage line-rate=\"8.2\"/>", "coverage.number 1:1", "coverage.no_totals 1:1")]
    [InlineData("<coverage lines-valid=\"1\"\n", "coverage.syntax 1:1")]
    [InlineData("<report name=\"x\"/>", "coverage.no_totals 1:1")]
    [InlineData("<report>\n  <counter type=\"LINE\" missed=\"-1\" covered=\"3\"/></report>", "coverage.number 2:3", "coverage.totals_disagree 1:1")]
    [InlineData("hello", "coverage.unknown_record 1:1", "coverage.format 1:1")]
    [InlineData("SF:a.c\nLF:2\nLH:three\nend_of_record\n", "coverage.number 3:1")]
    [InlineData("SF:a.c\nLF:2\nLH:3\nend_of_record\n", "coverage.number 3:1")]
    [InlineData("SF:a.c\nLF:4294967296\nLH:3\nend_of_record\n", "coverage.number 2:1")]
    [InlineData("SF:a.c\nDA:x,1\nend_of_record\n", "coverage.number 2:1")]
    [InlineData("DA:1,1\nSF:a.c\nDA:1,1\n", "coverage.syntax 1:1", "coverage.no_totals 2:1")]
    [InlineData("SF:a.c\nLF:2\nLH:2\nLF:9\n", "coverage.syntax 4:1")]
    [InlineData("SF:a.c\nLF:2\nLH:1\nend_of_record\nSF:a.c\nLF:2\nLH:1\n", "coverage.duplicate_file 5:1")]
    [InlineData("SF:a.c\nDA:1,1\nend_of_record\nSF:a.c\nLF:2\nLH:1\n", "coverage.duplicate_file 4:1")]
    [InlineData("<report>\n<counter type=\"LINE\" missed=\"0\" covered=\"0\"/>\n<counter type=\"LINE\" missed=\"0\" covered=\"9\"/></report>", "coverage.syntax 3:1")]
    public void A_report_that_cannot_be_right_has_findings_and_no_value(string text, params string[] findings)
    {
        var result = CoverageReader.Read(Parse(text, "coverage.xml"));
        Assert.Null(result.Value);
        Assert.Equal(findings, Places(result.Findings));
    }

    [Theory]
    [InlineData("SF:a.c\nDA:1,1\nLF:1\nLH:1\nend_of_record\nSF:b.c\nDA:1,0\nDA:2,0\n", 3, 1, "coverage.no_totals 6:1")]
    [InlineData("SF:a.c\nDA:1,1\nDA:1,0\nDA:2,0\nLF:3\nLH:1\n", 3, 1)]
    [InlineData("SF:a.c\nDA:1,1\nDA:2,0\nLF:2\nLH:1\nend_of_record\nSF:a.c\nDA:1,0\nDA:2,1\nLF:2\nLH:1\n", 2, 2, "coverage.duplicate_file 7:1")]
    [InlineData("SF:a.c\nDA:1,1\nLF:1\nLH:0\nend_of_record\nSF:b.c\nDA:1,0\nLF:1\nLH:1\n", 2, 1, "coverage.totals_disagree 4:1")]
    [InlineData("<coverage lines-valid=\"0\" lines-covered=\"0\" line-rate=\"1\"/>", 0, 0, "coverage.no_lines 1:1")]
    [InlineData("<coverage lines-valid=\"2\" lines-covered=\"1\" line-rate=\"0.9\"><line/><line hits=\"1\"/></coverage>", 2, 1, "coverage.totals_disagree 1:1")]
    [InlineData("<report><package><sourcefile><counter type=\"LINE\" missed=\"1\" covered=\"1\"/></sourcefile></package><counter type=\"LINE\" missed=\"1\" covered=\"1\"/><counter type=\"BRANCH\" missed=\"1\" covered=\"1\"/></report>", 2, 1, "coverage.totals_disagree 1:1")]
    public void Files_that_are_told_twice_or_in_part_are_counted_once_and_in_full(string text, int lines, int covered, params string[] findings)
    {
        var result = CoverageReader.Read(Parse(text, "coverage.info"));
        Assert.Equal(new CoverageCount(lines, covered), result.Value!.Lines);
        Assert.Equal(findings, Places(result.Findings));
    }

    [Fact]
    public void A_report_with_more_findings_than_are_listed_has_no_value()
    {
        var result = CoverageReader.Read(Parse(string.Concat(Enumerable.Repeat("EOF\n", 300)) + "SF:a.c\nLF:2\nLH:1\n", "coverage.info"));
        Assert.Null(result.Value);
        Assert.Equal("limit.max_findings 201:1", Places(result.Findings)[^1]);
    }

    [Fact]
    public void A_report_of_nothing_has_no_rate_rather_than_zero()
    {
        var result = CoverageReader.Read(Parse("<coverage lines-valid=\"0\" lines-covered=\"0\"/>", "coverage.xml"));
        Assert.Null(result.Value!.LineRate);
        Assert.Equal(["coverage.no_lines 1:1"], Places(result.Findings));
    }

    [Fact]
    public void An_external_dtd_is_never_loaded()
    {
        var text = "<!DOCTYPE coverage SYSTEM \"file:///etc/passwd\" [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>\n<coverage lines-valid=\"1\" lines-covered=\"1\">&x;</coverage>";
        var result = CoverageReader.Read(Parse(text, "coverage.xml"));
        Assert.DoesNotContain(result.Findings, finding => finding.Message.Contains("root:", StringComparison.Ordinal));
        Assert.Single(result.Findings);
    }

    private static ReadResult<CoverageReport> ReadShared(string file) =>
        CoverageReader.Read(ArtifactParser.Parse(File.ReadAllBytes(Folders.Shared("coverage", file)), Path.GetFileName(file)));
}
