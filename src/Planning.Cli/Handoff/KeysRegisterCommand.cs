using System.CommandLine;
using System.Globalization;
using Planning.Contracts;
using Planning.Domain;

namespace Planning.Cli.Handoff;

/// <summary><c>planning keys register</c>: tells the server whose key it is, in what role, and for how long.</summary>
internal static class KeysRegisterCommand
{
    private const int DefaultValidDays = 365;

    private static readonly Role[] SigningRoles = [Role.PlanningLead, Role.TechnicalReviewer];

    public static Command Build()
    {
        var key = new Argument<string>("PUBLIC_KEY") { Description = "The .pub.pem file." };
        var person = new Option<string>("--person") { Description = "The id of the person whose key it is.", Required = true };
        var role = new Option<string>("--role") { Description = "The role in which the key signs.", Required = true };
        role.AcceptOnlyFromAmong([.. SigningRoles.Select(r => Snake.Case(r.ToString()))]);
        var from = new Option<string?>("--valid-from") { Description = "The first moment at which it may sign, like 2027-01-15T10:00:00Z. Default: now." };
        var to = new Option<string?>("--valid-to") { Description = $"The moment from which it may not sign any more. Default: {DefaultValidDays} days after the first." };
        var server = new ServerOptions();

        var command = new Command("register", "Register a public key with the server. Needs the role admin.") { key, person, role, from, to };
        server.AddTo(command);
        command.Does(async (parsed, cancellation) =>
        {
            var publicKey = KeyPairFiles.ReadPublic(parsed.GetRequiredValue(key));
            var validFrom = Time("--valid-from", parsed.GetValue(from)) ?? TimeProvider.System.GetUtcNow();
            var validTo = Time("--valid-to", parsed.GetValue(to)) ?? validFrom.AddDays(DefaultValidDays);
            if (validTo <= validFrom)
                throw new CommandFailedException($"The key would be valid until {validTo:O}, which is not after {validFrom:O}.");
            using var connection = server.Connect(parsed);
            await connection.PostAsync(
                "v1/keys",
                new RegisterKeyRequest(publicKey, parsed.GetRequiredValue(person), parsed.GetRequiredValue(role), validTo, validFrom),
                cancellation);
            await parsed.InvocationConfiguration.Output.WriteLineAsync(
                $"Registered {Domain.Handoff.SealCrypto.Fingerprint(publicKey)} for {parsed.GetRequiredValue(person)} as {parsed.GetRequiredValue(role)}, valid until {validTo:yyyy-MM-dd}.".AsMemory(), cancellation);
            return ExitCodes.Ok;
        });
        return command;
    }

    private static DateTimeOffset? Time(string option, string? text)
    {
        if (text is null)
            return null;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : throw new CommandFailedException($"{option}: '{text}' is no time. Write it like 2027-01-15T10:00:00Z.");
    }
}
