using System.Globalization;

namespace Planning.Postgres.Private;

/// <summary>An account of the machine.</summary>
internal sealed record UnixUser(string Name, uint UserId, uint GroupId)
{
    private const string Accounts = "/etc/passwd";

    public static UnixUser? ByName(string name) => All().FirstOrDefault(user => user.Name == name);

    public static UnixUser? ById(uint id) => All().FirstOrDefault(user => user.UserId == id);

    private static IEnumerable<UnixUser> All() =>
        File.Exists(Accounts)
            ? File.ReadLines(Accounts).Select(Parse).OfType<UnixUser>()
            : [];

    // name:password:uid:gid:comment:home:shell
    private static UnixUser? Parse(string line)
    {
        var fields = line.Split(':');
        return fields.Length >= 4
            && uint.TryParse(fields[2], CultureInfo.InvariantCulture, out var user)
            && uint.TryParse(fields[3], CultureInfo.InvariantCulture, out var group)
            ? new UnixUser(fields[0], user, group)
            : null;
    }
}
