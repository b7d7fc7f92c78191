using Planning.Client.Http;

namespace Planning.Client;

/// <summary>
/// The planning backend from .NET. Every command carries one Idempotency-Key over all its tries, so that what is answered late,
/// twice or not at all still happens once. Safe for many threads; keep one client, because it remembers what it has written.
/// <para>Every call fails with <see cref="PlanningApiException"/> when the server refuses, with <see cref="PlanningConnectionException"/>
/// when no answer came, and with <see cref="OperationCanceledException"/> when the caller cancels. A command that is cancelled or gets no
/// answer may have happened: sent again under the same key it tells its outcome.</para>
/// </summary>
public sealed class PlanningClient : IDisposable
{
    private readonly Transport transport;
    private readonly HttpClient? own;

    /// <summary>A client with connections of its own; dispose it to close them.</summary>
    /// <exception cref="ArgumentException">Options are out of range; the message names all of them.</exception>
    public PlanningClient(PlanningClientOptions options, TimeProvider? time = null)
        : this(Handlers.NewClient(), options, time, owns: true)
    {
    }

    /// <param name="http">Stays the caller's. Its own time-out cuts single tries.</param>
    /// <exception cref="ArgumentException">Options are out of range; the message names all of them.</exception>
    public PlanningClient(HttpClient http, PlanningClientOptions options, TimeProvider? time = null)
        : this(http ?? throw new ArgumentNullException(nameof(http)), options, time, owns: false)
    {
    }

    internal PlanningClient(Func<HttpClient> http, PlanningClientOptions options, TimeProvider? time)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Problem() is { } problem)
            throw new ArgumentException(problem, nameof(options));
        transport = new Transport(http, options, time ?? TimeProvider.System);
        Plans = new PlansClient(transport);
        Artifacts = new ArtifactsClient(transport);
        Transitions = new TransitionsClient(transport);
        GateRuns = new GateRunsClient(transport);
        Waivers = new WaiversClient(transport);
        Approvals = new ApprovalsClient(transport);
        Compliance = new ComplianceClient(transport);
        Executions = new ExecutionsClient(transport);
        Manifests = new ManifestsClient(transport);
        Cycles = new CyclesClient(transport);
        Environments = new EnvironmentsClient(transport);
        Bookings = new BookingsClient(transport);
        Refreshes = new RefreshesClient(transport);
        Notifications = new NotificationsClient(transport);
        Calendar = new CalendarClient(transport);
        Rulebook = new RulebookClient(transport);
        Events = new EventsClient(transport);
        Keys = new KeysClient(transport);
        ApiKeys = new ApiKeysClient(transport);
        Persons = new PersonsClient(transport);
        Audit = new AuditClient(transport);
        Health = new HealthClient(transport);
    }

    private PlanningClient(HttpClient http, PlanningClientOptions options, TimeProvider? time, bool owns)
        : this(() => http, options, time) => own = owns ? http : null;

    public PlansClient Plans { get; }
    public ArtifactsClient Artifacts { get; }
    public TransitionsClient Transitions { get; }
    public GateRunsClient GateRuns { get; }
    public WaiversClient Waivers { get; }
    public ApprovalsClient Approvals { get; }
    public ComplianceClient Compliance { get; }
    public ExecutionsClient Executions { get; }
    public ManifestsClient Manifests { get; }
    public CyclesClient Cycles { get; }
    public EnvironmentsClient Environments { get; }
    public BookingsClient Bookings { get; }
    public RefreshesClient Refreshes { get; }
    public NotificationsClient Notifications { get; }
    public CalendarClient Calendar { get; }
    public RulebookClient Rulebook { get; }
    public EventsClient Events { get; }
    public KeysClient Keys { get; }
    public ApiKeysClient ApiKeys { get; }
    public PersonsClient Persons { get; }
    public AuditClient Audit { get; }
    public HealthClient Health { get; }

    /// <summary>The highest position in the log that an answer or an event has shown to this client; 0 before the first.</summary>
    public long LastPosition => transport.Positions.Last;

    /// <summary>
    /// Lists no longer wait for <see cref="LastPosition"/>. For a server whose database was restored to an earlier moment, which lists tell
    /// by a <c>read_models_behind</c> that does not end; a followed event stream does it by itself.
    /// </summary>
    public void ForgetPosition() => transport.Positions.StartFrom(0);

    /// <summary>Closes the connections that the client opened itself.</summary>
    public void Dispose() => own?.Dispose();
}
