using static Planning.Engine.Tests.Gates.Support.Judging;

namespace Planning.Engine.Tests.Gates.Pages;

internal static class EvidenceExamples
{
    private const string RateAlone = """<coverage line-rate="0.9" branch-rate="0.8"/>""";

    private static readonly string Low = Lcov("src/pay.c", 200, 150, 40, 10);
    private static readonly string High = Lcov("src/pay.c", 200, 190);

    public static IEnumerable<PageExample> All { get; } =
    [
        Coverage(("notes.yaml", "a: 1\n")),
        Coverage(("coverage.info", Low)) with { Parameters = [("minimum_branch_percent", "50"), ("max_drop_percent", "2")], Executed = [("coverage.info", High)] },
        Coverage(("coverage.info", High)) with { Parameters = [("minimum_branch_percent", "50"), ("max_drop_percent", "2")] },
        Coverage(("coverage.info", High)) with { Parameters = [("max_drop_percent", "2")], Executed = [("coverage.xml", "<tests/>")] },
        Coverage(("coverage.info", Lcov("src/pay.c", 0, 0))),
        Coverage(("coverage.xml", RateAlone), ("coverage.info", High)),
        Coverage(("coverage.a.info", High), ("coverage.b.info", High)),
        Coverage(("coverage.xml", "<tests/>")),
        Coverage(("coverage.xml", "<coverage lines-valid=\"10\"\n")),
        Coverage(("coverage.xml", "<coverage lines-valid=\"10\" lines-covered=\"11\"/>")),
        Coverage(("coverage.info", "SF:src/pay.c\nDA:1,1\nDA:2,0\nLF:3\nLH:3\nend_of_record\nSF:src/refund.c\nDA:1,1\nend_of_record\nSF:src/refund.c\nDA:1,1\nend_of_record\nEOF\n")),
        Parity(("parity.yaml", "stream: lending\ncapabilities: [pay.capture, pay.capture, pay.hold]\n"), ("be_backlog.yaml", Backlog("A|capabilities: [pay.void]")))
            with { Executed = [("parity.yaml", "capabilities: [pay.capture, pay.refund]\n")] },
        Parity(("parity.yaml", "capabilities: [pay.capture]\n")),
        Parity(("parity.json", "{\n")) with { Executed = [("parity.json", "{\n")] },
    ];

    private static PageExample Coverage(params (string, string)[] artifacts) => new("coverage", artifacts);

    private static PageExample Parity(params (string, string)[] artifacts) => new("parity", artifacts);

    private static string Lcov(string file, int lines, int covered, int? branches = null, int coveredBranches = 0) =>
        $"SF:{file}\nLF:{lines}\nLH:{covered}\n{(branches is null ? "" : $"BRF:{branches}\nBRH:{coveredBranches}\n")}end_of_record\n";
}
