namespace Planning.Grains;

/// <summary>
/// One entity as a grain: one command at a time, in memory while it is hot. Its key is made by <see cref="GrainKeys"/>.
/// The names are on the wire between silos of different releases; they never change.
/// </summary>
public interface IEntityGrain : IGrainWithStringKey
{
    /// <summary>Durable when answered.</summary>
    [Alias("handle")]
    ValueTask<AnswerMessage> HandleAsync(CommandMessage command, CancellationToken cancellation);

    [Alias("read")]
    ValueTask<StateMessage> ReadAsync(CancellationToken cancellation);
}

[Alias("planning.plan")]
public interface IPlanGrain : IEntityGrain;

[Alias("planning.gate_run")]
public interface IGateRunGrain : IEntityGrain;

[Alias("planning.manifest")]
public interface IManifestGrain : IEntityGrain;

[Alias("planning.cycle")]
public interface ICycleGrain : IEntityGrain;

[Alias("planning.rulebook")]
public interface IRulebookGrain : IEntityGrain;

[Alias("planning.environment_tree")]
public interface IEnvironmentTreeGrain : IEntityGrain;

[Alias("planning.refresh")]
public interface IRefreshGrain : IEntityGrain;
