using System.Text;

namespace Planning.Artifacts.Tests.Support;

internal static class FindingAssert
{
    /// <summary>A finding points at a character of the file, or at the place just behind one of its lines.</summary>
    public static void IsInside(Finding finding, ReadOnlySpan<byte> bytes)
    {
        var text = Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF');
        var lines = text.Replace("\r\n", "\n").Replace('\r', '\n').Split('\n');
        Assert.InRange(finding.Line, 1, lines.Length);
        Assert.True(finding.Column >= 1 && finding.Column <= lines[finding.Line - 1].Length + 2, finding.ToString());
        Assert.NotEmpty(finding.Message);
        Assert.NotEmpty(finding.Advice);
    }
}
