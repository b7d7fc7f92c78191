using System.CommandLine;
using Planning.Client;

namespace Planning.Cli.Handoff;

/// <summary>Where the server is, and who asks.</summary>
internal sealed class ServerOptions
{
    public const string ServerVariable = "PLANNING_SERVER";
    public const string KeyVariable = "PLANNING_API_KEY";

    private readonly Option<string?> server = new("--server")
    {
        Description = $"The server's address. Default: the environment variable {ServerVariable}. The API key comes from {KeyVariable}.",
        HelpName = "URL",
    };

    public void AddTo(Command command) => command.Add(server);

    /// <exception cref="CommandFailedException">No address, or none that is one.</exception>
    public ServerConnection Connect(ParseResult parsed) => new(AddressOf(parsed), Environment.GetEnvironmentVariable(KeyVariable));

    /// <exception cref="CommandFailedException">No address, or none that is one.</exception>
    public PlanningClient Client(ParseResult parsed) =>
        new(new PlanningClientOptions { BaseAddress = AddressOf(parsed), ApiKey = Environment.GetEnvironmentVariable(KeyVariable) is { Length: > 0 } key ? key : null });

    private Uri AddressOf(ParseResult parsed)
    {
        var address = parsed.GetValue(server) ?? Environment.GetEnvironmentVariable(ServerVariable)
            ?? throw new CommandFailedException($"Which server? Give its address with --server or in {ServerVariable}.");
        return Uri.TryCreate(address.TrimEnd('/') + "/", UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? uri
            : throw new CommandFailedException($"'{address}' is no address of a server. Write it like https://planning.example.org.");
    }
}
