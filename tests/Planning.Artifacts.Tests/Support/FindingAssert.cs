using Planning.Testing.Fuzzing;

namespace Planning.Artifacts.Tests.Support;

internal static class FindingAssert
{
    /// <summary>A finding points at a character of the file, or at the place just behind one of its lines.</summary>
    public static void IsInside(Finding finding, ReadOnlySpan<byte> bytes)
    {
        Assert.True(FilePlace.IsInside(bytes, finding.Line, finding.Column), finding.ToString());
        Assert.NotEmpty(finding.Message);
        Assert.NotEmpty(finding.Advice);
    }
}
