using Planning.Client.Http;

namespace Planning.Client;

/// <summary>
/// The planning backend from .NET. Every command carries one Idempotency-Key over all its tries, so that what is answered late,
/// twice or not at all still happens once. Safe for many threads.
/// </summary>
public sealed class PlanningClient
{
    /// <param name="http">Its address is set from the options; time-outs are the caller's affair, and should exceed 40 seconds.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public PlanningClient(HttpClient http, PlanningClientOptions options, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(options);
        if (options.Problem() is { } problem)
            throw new ArgumentException(problem, nameof(options));
        http.BaseAddress = options.BaseAddress;
        var transport = new Transport(http, options, time ?? TimeProvider.System);
        Plans = new PlansClient(transport);
        Artifacts = new ArtifactsClient(transport);
        Transitions = new TransitionsClient(transport);
        GateRuns = new GateRunsClient(transport);
        Waivers = new WaiversClient(transport);
        Approvals = new ApprovalsClient(transport);
        Executions = new ExecutionsClient(transport);
        Manifests = new ManifestsClient(transport);
        Cycles = new CyclesClient(transport);
        Rulebook = new RulebookClient(transport);
        Events = new EventsClient(transport);
        Keys = new KeysClient(transport);
        ApiKeys = new ApiKeysClient(transport);
        Persons = new PersonsClient(transport);
    }

    public PlansClient Plans { get; }
    public ArtifactsClient Artifacts { get; }
    public TransitionsClient Transitions { get; }
    public GateRunsClient GateRuns { get; }
    public WaiversClient Waivers { get; }
    public ApprovalsClient Approvals { get; }
    public ExecutionsClient Executions { get; }
    public ManifestsClient Manifests { get; }
    public CyclesClient Cycles { get; }
    public RulebookClient Rulebook { get; }
    public EventsClient Events { get; }
    public KeysClient Keys { get; }
    public ApiKeysClient ApiKeys { get; }
    public PersonsClient Persons { get; }
}
