using Planning.Engine.Audit;
using Planning.Engine.Blobs;
using Planning.Engine.Entities;
using Planning.Engine.Intake;
using Planning.Engine.Log;
using Planning.Engine.Node;
using Planning.Engine.Notifications;
using Planning.Engine.People;
using Planning.Engine.Pump;
using Planning.Engine.Reads;
using Planning.Engine.Rulebooks;
using Planning.Engine.Workspaces;
using Planning.Gateway.Calendars;
using Planning.Gateway.Commands;

namespace Planning.Gateway;

/// <summary>What the routes stand on: ports of the engine, and the clock.</summary>
internal sealed record GatewayParts(
    IEntityHost Host,
    IEventLog Log,
    IBlobStore Blobs,
    IDirectory Directory,
    IReadModels Reads,
    IRulebooks Rulebooks,
    ISecurityAudit Audit,
    INotificationDirectory Notifications,
    IWorkspaceViews Views,
    WorkParts Work,
    ArtifactIntake Intake,
    BacklogPoints Points,
    EntityWatch Watch,
    GateOutcomes Outcomes,
    CalendarCache Calendars,
    GatewayOptions Options,
    TimeProvider Time)
{
    public IReadOnlyList<IChannel> Channels => Work.Channels;
    public RecentEvents Recent => Work.Recent;
    public PumpProgress Progress => Work.Progress;
    public RulebookDryRun DryRun => Work.DryRun;
}
