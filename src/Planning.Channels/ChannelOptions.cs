using Planning.Channels.Email;
using Planning.Channels.Outbound;

namespace Planning.Channels;

/// <summary>How notifications leave the server.</summary>
public sealed record ChannelOptions
{
    public OutboundOptions Outbound { get; init; } = new();
    public EmailOptions Email { get; init; } = new();

    /// <summary>Null when every value is in range, else which is not.</summary>
    public string? Problem() => (Outbound.Problem() ?? Email.Problem()) is { } problem ? $"Channels: {problem}" : null;
}
