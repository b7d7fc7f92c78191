namespace Planning.Gateway.Health;

/// <summary>One backing service. The executables register one for each that the gateway cannot see through its ports.</summary>
public interface IReadinessCheck
{
    string Name { get; }

    /// <summary>Null when it serves, else why not. Throwing is an answer too.</summary>
    ValueTask<string?> LookAsync(CancellationToken cancellation);
}
