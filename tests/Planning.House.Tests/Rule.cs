using Xunit;

namespace Planning.House.Tests;

internal static class Rule
{
    /// <summary>Fails with every breach, one a line; the test's name is the rule.</summary>
    public static void HasNoBreach<T>(IEnumerable<T> breaches)
    {
        var found = breaches.ToList();
        if (found.Count > 0)
            Assert.Fail($"{found.Count} times not so:{Environment.NewLine}{string.Join(Environment.NewLine, found)}");
    }
}
