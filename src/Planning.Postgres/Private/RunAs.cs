using System.Globalization;

namespace Planning.Postgres.Private;

/// <summary>
/// Whom PostgreSQL runs as. It refuses to be root, so for root it is an unprivileged account;
/// for everybody else it is the caller, and nothing is wrapped.
/// </summary>
internal sealed record RunAs(UnixUser? User)
{
    private static readonly string[] Accounts = ["postgres", "nobody"];

    /// <summary>Root keeps to the owner of data that are there already, so that both can serve the same folder in turn.</summary>
    public static async Task<RunAs> ChooseAsync(DataFolderLayout layout, CancellationToken cancellation)
    {
        if (!Environment.IsPrivilegedProcess)
            return new RunAs((UnixUser?)null);
        if (layout.HasCluster && await OwnerAsync(layout.Cluster, cancellation) is { UserId: not 0 } owner)
            return new RunAs(owner);
        var user = Accounts.Select(UnixUser.ByName).FirstOrDefault(found => found is not null);
        return new RunAs(user ?? throw new PrivatePostgresException(
            "PostgreSQL refuses to run as root, and this machine has neither a user 'postgres' nor 'nobody'. "
            + "Run this as an ordinary user, or add one: useradd --system postgres."));
    }

    /// <summary>The words that run <paramref name="words"/> as that user.</summary>
    public IEnumerable<string> Wrap(IEnumerable<string> words)
    {
        if (User is null)
            return words;
        // setpriv replaces itself by the program; runuser stays as its parent.
        if (Command.Find("setpriv") is { } setpriv)
            return [setpriv, $"--reuid={User.UserId}", $"--regid={User.GroupId}", "--clear-groups", "--", .. words];
        if (Command.Find("runuser") is { } runuser)
            return [runuser, "-u", User.Name, "--", .. words];
        throw new PrivatePostgresException(
            "PostgreSQL refuses to run as root, and neither setpriv nor runuser is installed to change the user. "
            + "Install util-linux, or run this as an ordinary user.");
    }

    public void Own(string path)
    {
        if (User is not null)
            Posix.ChangeOwner(path, User);
    }

    private static async Task<UnixUser?> OwnerAsync(string path, CancellationToken cancellation)
    {
        string[] format = OperatingSystem.IsMacOS() ? ["-f", "%u %g"] : ["-c", "%u %g"];
        var result = await Command.RunAsync(["stat", .. format, path], cancellation);
        var ids = result.Output.Trim().Split(' ');
        if (!result.Succeeded || ids.Length != 2)
            return null;
        var user = uint.Parse(ids[0], CultureInfo.InvariantCulture);
        var group = uint.Parse(ids[1], CultureInfo.InvariantCulture);
        return UnixUser.ById(user) is { } known ? known with { GroupId = group } : new UnixUser(ids[0], user, group);
    }
}
