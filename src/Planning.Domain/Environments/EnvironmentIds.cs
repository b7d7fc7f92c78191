namespace Planning.Domain.Environments;

/// <summary>
/// Ids that bear the name of a tree: <c>env_T</c> is the root of tree <c>etr_T</c>, <c>env_T_…</c> was registered below it,
/// <c>bkg_T_…</c> was booked in it. So whoever knows an id finds its tree, or the one from which a trace leads on.
/// </summary>
public static class EnvironmentIds
{
    private const string Tree = "etr_";
    private const string Environment = "env_";
    private const string Booking = "bkg_";

    /// <param name="part">Letters and digits, the same for the same command.</param>
    public static (EnvironmentTreeId Tree, EnvironmentId Root) NewTree(string part) => (new(Tree + part), new(Environment + part));

    public static EnvironmentId NewEnvironment(EnvironmentTreeId tree, string part) => new($"{Environment}{tree.Value[Tree.Length..]}_{part}");

    public static BookingId NewBooking(EnvironmentTreeId tree, string part) => new($"{Booking}{tree.Value[Tree.Length..]}_{part}");

    /// <summary>The tree whose name an id bears; null for a text that is no such id.</summary>
    public static EnvironmentTreeId? TreeOf(string id)
    {
        var rest = id.StartsWith(Environment, StringComparison.Ordinal) || id.StartsWith(Booking, StringComparison.Ordinal) ? id.AsSpan(Environment.Length) : [];
        var end = rest.IndexOf('_');
        var part = end < 0 ? rest : rest[..end];
        return part.IsEmpty ? null : new EnvironmentTreeId($"{Tree}{part}");
    }
}
