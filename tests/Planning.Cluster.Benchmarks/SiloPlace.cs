using System.Globalization;
using Planning.Benchmarks.Harness;

namespace Planning.Cluster.Benchmarks;

/// <summary>Where a silo process listens, and whom it joins.</summary>
internal sealed record SiloPlace(string Cluster, string Name, int SiloPort, int ClientPort, Uri Health, string Database)
{
    public static SiloPlace Free(string cluster, string name, string database) => new(
        cluster, name, ServedProcess.FreePort(), ServedProcess.FreePort(), new Uri($"http://127.0.0.1:{ServedProcess.FreePort()}"), database);

    public static SiloPlace Parse(string[] words) => new(words[0], words[1], Number(words[2]), Number(words[3]), new Uri(words[4]), words[5]);

    /// <summary>As <see cref="Parse"/> reads it.</summary>
    public string[] Words() => [Cluster, Name, Word(SiloPort), Word(ClientPort), Url, Database];

    public string Url => Health.ToString().TrimEnd('/');

    public static string Word(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static int Number(string word) => int.Parse(word, CultureInfo.InvariantCulture);
}
