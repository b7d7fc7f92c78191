using System.Text;
using Planning.Artifacts;
using Planning.Engine.Rulebooks;

namespace Planning.Engine.Tests.Rulebooks;

/// <summary>The shipped rulebook with one change.</summary>
internal static class Variant
{
    public static string Shipped(string file) => Encoding.UTF8.GetString(DefaultRulebook.Files.Bytes[file].Span);

    public static RulebookReading With(string file, string text) =>
        RulebookReader.Read(new RulebookFiles(DefaultRulebook.Files.Bytes.SetItem(file, Encoding.UTF8.GetBytes(text))));

    /// <summary>Reads the shipped rulebook with <paramref name="old"/> replaced.</summary>
    public static RulebookReading Changed(string file, string old, string changed) => With(file, Text(file, old, changed));

    /// <summary>The changed file from a line and column on.</summary>
    public static string From(string file, string old, string changed, int line, int column)
    {
        var lines = Text(file, old, changed).Split('\n');
        return string.Join('\n', lines.Skip(line - 1))[(column - 1)..];
    }

    private static string Text(string file, string old, string changed)
    {
        var shipped = Shipped(file);
        var at = shipped.IndexOf(old, StringComparison.Ordinal);
        return at < 0 ? throw new InvalidOperationException($"{file} does not hold: {old}") : shipped.Remove(at, old.Length).Insert(at, changed);
    }

    public static Finding Only(RulebookReading reading)
    {
        Xunit.Assert.Null(reading.Rulebook);
        return Xunit.Assert.Single(reading.Findings);
    }
}
