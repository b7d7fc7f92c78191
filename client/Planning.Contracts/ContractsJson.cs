using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Planning.Contracts;

/// <summary>How requests and answers are written and read: snake_case, nothing for null. Made at build time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(CreatePlanRequest))]
[JsonSerializable(typeof(UpdatePlanRequest))]
[JsonSerializable(typeof(ClonePlanRequest))]
[JsonSerializable(typeof(PlanView))]
[JsonSerializable(typeof(Page<PlanItem>))]
[JsonSerializable(typeof(ArtifactView))]
[JsonSerializable(typeof(TransitionRequest))]
[JsonSerializable(typeof(TransitionView))]
[JsonSerializable(typeof(Page<GateRunItem>))]
[JsonSerializable(typeof(GateRunView))]
[JsonSerializable(typeof(GateReportView))]
[JsonSerializable(typeof(ApproveRequest))]
[JsonSerializable(typeof(WaiveRequest))]
[JsonSerializable(typeof(ReportExecutionRequest))]
[JsonSerializable(typeof(ExecutionReportView))]
[JsonSerializable(typeof(Page<ExecutionReportView>))]
[JsonSerializable(typeof(Page<ManifestItem>))]
[JsonSerializable(typeof(ManifestView))]
[JsonSerializable(typeof(SignRequest))]
[JsonSerializable(typeof(OpenCycleRequest))]
[JsonSerializable(typeof(CloseCycleRequest))]
[JsonSerializable(typeof(CycleView))]
[JsonSerializable(typeof(Page<CycleItem>))]
[JsonSerializable(typeof(CycleKpisView))]
[JsonSerializable(typeof(CompliancePage))]
[JsonSerializable(typeof(ActivateRulebookRequest))]
[JsonSerializable(typeof(RulebookView))]
[JsonSerializable(typeof(ProposeRulebookRequest))]
[JsonSerializable(typeof(RulebookCheckView))]
[JsonSerializable(typeof(RulebookProposalView))]
[JsonSerializable(typeof(Page<RulebookHistoryItem>))]
[JsonSerializable(typeof(DryRunView))]
[JsonSerializable(typeof(RegisterKeyRequest))]
[JsonSerializable(typeof(KeyView))]
[JsonSerializable(typeof(KeyList))]
[JsonSerializable(typeof(CreateApiKeyRequest))]
[JsonSerializable(typeof(CreatedApiKeyView))]
[JsonSerializable(typeof(ApiKeyView))]
[JsonSerializable(typeof(ApiKeyList))]
[JsonSerializable(typeof(SavePersonRequest))]
[JsonSerializable(typeof(PersonView))]
[JsonSerializable(typeof(RegisterEnvironmentRequest))]
[JsonSerializable(typeof(ChangeEnvironmentRequest))]
[JsonSerializable(typeof(RetireEnvironmentRequest))]
[JsonSerializable(typeof(MoveEnvironmentRequest))]
[JsonSerializable(typeof(EnvironmentView))]
[JsonSerializable(typeof(Page<EnvironmentItem>))]
[JsonSerializable(typeof(ScheduleView))]
[JsonSerializable(typeof(FreeWindowView))]
[JsonSerializable(typeof(BookRequest))]
[JsonSerializable(typeof(MoveBookingRequest))]
[JsonSerializable(typeof(CancelBookingRequest))]
[JsonSerializable(typeof(BookingView))]
[JsonSerializable(typeof(Page<BookingView>))]
[JsonSerializable(typeof(DraftRefreshRequest))]
[JsonSerializable(typeof(EditRefreshRequest))]
[JsonSerializable(typeof(ApproveRefreshRequest))]
[JsonSerializable(typeof(AcceptConflictsRequest))]
[JsonSerializable(typeof(MoveRefreshRequest))]
[JsonSerializable(typeof(CompleteRefreshRequest))]
[JsonSerializable(typeof(RetryRefreshRequest))]
[JsonSerializable(typeof(RefreshReasonRequest))]
[JsonSerializable(typeof(RefreshStepRequest))]
[JsonSerializable(typeof(RefreshConflictsView))]
[JsonSerializable(typeof(RefreshView))]
[JsonSerializable(typeof(Page<RefreshItem>))]
[JsonSerializable(typeof(Page<RefreshRunView>))]
[JsonSerializable(typeof(Page<CalendarItem>))]
[JsonSerializable(typeof(CreateFeedRequest))]
[JsonSerializable(typeof(CreatedFeedView))]
[JsonSerializable(typeof(FeedList))]
[JsonSerializable(typeof(StepUpRequest))]
[JsonSerializable(typeof(Page<AuditRecordView>))]
[JsonSerializable(typeof(CreateNotificationTargetRequest))]
[JsonSerializable(typeof(CreatedNotificationTargetView))]
[JsonSerializable(typeof(NotificationTargetList))]
[JsonSerializable(typeof(SubscribeRequest))]
[JsonSerializable(typeof(SubscriptionView))]
[JsonSerializable(typeof(SubscriptionList))]
[JsonSerializable(typeof(DeliveryView))]
[JsonSerializable(typeof(Page<DeliveryView>))]
[JsonSerializable(typeof(EventPage))]
[JsonSerializable(typeof(StreamReset))]
[JsonSerializable(typeof(HealthView))]
public sealed partial class ContractsJson : JsonSerializerContext
{
    /// <summary>For writing, and for reading what a server of another release wrote: unknown members are passed over.</summary>
    public static ContractsJson Lenient { get; } = new(Created(strict: false));

    /// <summary>For reading requests: an unknown, missing, doubled or null member is an error.</summary>
    public static ContractsJson Strict { get; } = new(Created(strict: true));

    private static JsonSerializerOptions Created(bool strict)
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            // Not HTML: the default encoder would write every letter beyond ASCII as an escape.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            UnmappedMemberHandling = strict ? JsonUnmappedMemberHandling.Disallow : JsonUnmappedMemberHandling.Skip,
            AllowDuplicateProperties = !strict,
            RespectRequiredConstructorParameters = strict,
            RespectNullableAnnotations = strict,
        };
        if (strict)
            options.Converters.Add(new InstantConverter());
        return options;
    }
}
