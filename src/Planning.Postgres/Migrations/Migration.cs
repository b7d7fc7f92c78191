using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Planning.Postgres.Migrations;

/// <summary>One step of the schema and its way back: <c>Sql/migrations/0001_log.up.sql</c> and <c>….down.sql</c>.</summary>
/// <param name="Number">From 1, without holes.</param>
/// <param name="Checksum">SHA-256 of the way forward, in hexadecimal; a migration never changes once it is released.</param>
public sealed partial record Migration(int Number, string Name, string Up, string Down, string Checksum)
{
    /// <summary>All that this program knows, in order.</summary>
    public static IReadOnlyList<Migration> All { get; } = Load();

    private static Migration[] Load()
    {
        var found = SqlFile.NamesUnder("migrations")
            .Select(path => UpScript().Match(path))
            .Where(match => match.Success)
            .Select(match => Read(match.Value, int.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture), match.Groups["name"].Value))
            .OrderBy(migration => migration.Number)
            .ToArray();
        for (var i = 0; i < found.Length; i++)
        {
            if (found[i].Number != i + 1)
                throw new InvalidOperationException($"Migration {i + 1:0000} is missing or there twice under Sql/migrations.");
        }
        return found;
    }

    private static Migration Read(string path, int number, string name)
    {
        var up = SqlFile.Read(path);
        var down = SqlFile.Read(path[..^"up".Length] + "down");
        return new(number, name, up, down, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(up))));
    }

    [GeneratedRegex(@"^migrations/(?<number>[0-9]{4})_(?<name>[a-z0-9_]+)\.up$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex UpScript();
}
