using Planning.Client.Http;
using Planning.Contracts;

namespace Planning.Client;

/// <summary>Who is told what, and what is still on its way. Everything belongs to a group.</summary>
public sealed class NotificationsClient
{
    private const string Targets = "v1/notifications/targets";
    private const string Subscriptions = "v1/notifications/subscriptions";
    private const string Deliveries = "v1/notifications/deliveries";

    private readonly Transport transport;

    internal NotificationsClient(Transport transport) => this.transport = transport;

    /// <summary>The answer holds a webhook's secret, this once. It is not tried again where it may have happened, as each time makes another target:
    /// after a lost answer, list the targets, remove the one whose secret nobody knows, and create another.</summary>
    /// <exception cref="PlanningApiException">Refused.</exception>
    public Task<CreatedNotificationTargetView> CreateTargetAsync(CreateNotificationTargetRequest target, CancellationToken cancellation = default) => transport.CommandAsync(
        Once(transport.Command(HttpMethod.Post, Targets, target, json => json.CreateNotificationTargetRequest, command: null)), json => json.CreatedNotificationTargetView, cancellation);

    /// <exception cref="PlanningApiException">Refused.</exception>
    public Task<NotificationTargetList> ListTargetsAsync(CancellationToken cancellation = default) => transport.GetAsync(Targets, json => json.NotificationTargetList, cancellation);

    /// <summary>With its subscriptions, and all that waits for it.</summary>
    /// <exception cref="PlanningApiException">Refused.</exception>
    public Task RemoveTargetAsync(string targetId, CancellationToken cancellation = default) => transport.DeleteAsync($"{Targets}/{Paths.Escape(targetId)}", cancellation);

    /// <summary>Not tried again where it may have happened; a second one would do no harm, as a target is told of each event once.</summary>
    /// <exception cref="PlanningApiException">Refused.</exception>
    public Task<SubscriptionView> SubscribeAsync(SubscribeRequest subscription, CancellationToken cancellation = default) => transport.CommandAsync(
        Once(transport.Command(HttpMethod.Post, Subscriptions, subscription, json => json.SubscribeRequest, command: null)), json => json.SubscriptionView, cancellation);

    /// <exception cref="PlanningApiException">Refused.</exception>
    public Task<SubscriptionList> ListSubscriptionsAsync(CancellationToken cancellation = default) =>
        transport.GetAsync(Subscriptions, json => json.SubscriptionList, cancellation);

    /// <exception cref="PlanningApiException">Refused.</exception>
    public Task UnsubscribeAsync(string subscriptionId, CancellationToken cancellation = default) =>
        transport.DeleteAsync($"{Subscriptions}/{Paths.Escape(subscriptionId)}", cancellation);

    /// <summary>What has not been delivered, newest first.</summary>
    /// <param name="status">waiting or parked.</param>
    /// <exception cref="PlanningApiException">Refused.</exception>
    public Task<Page<DeliveryView>> ListDeliveriesAsync(
        string? status = null, string? target = null, int? limit = null, string? cursor = null, CancellationToken cancellation = default) =>
        transport.GetAsync(Paths.Query(Deliveries, ("status", status), ("target", target), ("limit", limit), ("cursor", cursor)), json => json.PageDeliveryView, cancellation);

    /// <exception cref="PlanningApiException">Refused.</exception>
    public IAsyncEnumerable<DeliveryView> AllDeliveriesAsync(string? status = null, string? target = null, CancellationToken cancellation = default) =>
        Pages.AllAsync((cursor, stop) => ListDeliveriesAsync(status, target, Pages.Size, cursor, stop), cancellation);

    /// <summary>It is due now, as if it had never been tried, also when it was parked.</summary>
    /// <exception cref="PlanningApiException">Refused.</exception>
    public Task<DeliveryView> RetryAsync(string messageId, CancellationToken cancellation = default) => transport.CommandAsync(
        transport.Command(HttpMethod.Post, $"{Deliveries}/{Paths.Escape(messageId)}/retry", ReadOnlyMemory<byte>.Empty, contentType: null, command: null),
        json => json.DeliveryView, cancellation);

    /// <summary>It is never sent; the answer is what it was.</summary>
    /// <exception cref="PlanningApiException">Refused.</exception>
    public Task<DeliveryView> DropAsync(string messageId, CancellationToken cancellation = default) => transport.CommandAsync(
        Once(transport.Command(HttpMethod.Post, $"{Deliveries}/{Paths.Escape(messageId)}/drop", ReadOnlyMemory<byte>.Empty, contentType: null, command: null)),
        json => json.DeliveryView, cancellation);

    private static ApiRequest Once(ApiRequest request) => request with { IdempotencyKey = null, Repetition = Repetition.OnlyIfNothingHappened };
}
