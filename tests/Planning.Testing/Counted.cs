using Xunit.Abstractions;

namespace Planning.Testing;

/// <summary>What <c>./planning test</c> prints of tests that pass: how many cases a suite had, which seed a random test took.</summary>
public static class Counted
{
    /// <summary>tests/results.awk looks for it.</summary>
    public const string Mark = "counted: ";

    public static void Say(this ITestOutputHelper output, string what) => output.WriteLine(Mark + what);
}
