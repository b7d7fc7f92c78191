using System.Text;
using System.Text.Unicode;
using Planning.Artifacts.Documents;
using Planning.Artifacts.Lint;
using Planning.Artifacts.Tests.Support;
using Planning.Testing.Fuzzing;

namespace Planning.Artifacts.Tests.Documents;

/// <summary>A long file is scanned ahead of the reading of its tree; nothing else about it differs from a short one.</summary>
public sealed class LongYamlTests
{
    private const int Damaged = 150;
    private const int Lines = 4_000;

    /// <summary>Comments of 200 KB, which make a file long and say nothing.</summary>
    private static readonly byte[] Before = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("# " + new string('-', 47) + "\n", Lines)));

    public static TheoryData<string> Examples => [.. Directory.GetFiles(Folders.Examples, "*.yaml").Select(path => Path.GetFileName(path))];

    [Theory]
    [MemberData(nameof(Examples))]
    public void A_long_file_has_the_tree_and_the_findings_of_a_short_one(string name)
    {
        var bytes = File.ReadAllBytes(Path.Combine(Folders.Examples, name));
        Compare(name, bytes);
        var random = new Random(20261126);
        for (var i = 0; i < Damaged; i++)
        {
            var damaged = bytes;
            for (var damages = random.Next(1, 4); damages > 0; damages--)
                damaged = new Mutation(random.Next(1_000_000), random.Next(1_000_000)).Apply(damaged);
            Compare(name, damaged);
        }
    }

    [Fact]
    public void What_is_left_unread_of_a_long_file_does_not_hold_it_up()
    {
        var text = "a: 1\n---\n" + string.Concat(Enumerable.Repeat("- b: [1, 2, 3]\n", 100_000));

        var parsed = ArtifactParser.Parse(Encoding.UTF8.GetBytes(text), "two.yaml");

        Assert.Equal(["parse.multi_document 2:1"], parsed.Findings.Select(f => $"{f.Rule} {f.Line}:{f.Column}"));
        Assert.Equal(1, parsed.Root!.Value["a"]!.Value.AsInt64);
    }

    private static void Compare(string name, byte[] bytes)
    {
        // It names the offset of a byte that is no text, which is another in the longer file.
        if (!Utf8.IsValid(bytes))
            return;
        var (brief, lengthy) = (ArtifactParser.Parse(bytes, name), ArtifactParser.Parse((byte[])[.. Before, .. bytes], name));
        Assert.Equal(Dump(brief.Root, 0), Dump(lengthy.Root, Lines));
        Assert.Equal(Places(brief, 0), Places(lengthy, Lines));
    }

    /// <summary>Without their messages, which may name other lines.</summary>
    private static IEnumerable<string> Places(ParsedArtifact artifact, int shift) =>
        artifact.Findings.Concat(YamlLint.Run(artifact)).Select(f => $"{f.Rule} {(f.Line > shift ? f.Line - shift : f.Line)}:{f.Column} {f.Pointer}");

    private static string Dump(DocumentNode? root, int shift) => root is not { } node ? "" : node.Kind switch
    {
        NodeKind.Mapping => $"{Place(node, shift)} {{\n{string.Concat(node.Entries.Select(e => $"{e.Key}: {Dump(e.Value, shift)}"))}}}\n",
        NodeKind.Sequence => $"{Place(node, shift)} [\n{string.Concat(node.Elements.Select(e => Dump(e, shift)))}]\n",
        _ => $"{Place(node, shift)} {node.Kind} {node.IsPlain} {node.Text}\n",
    };

    private static string Place(DocumentNode node, int shift) => $"{node.Line - shift}:{node.Column}";
}
