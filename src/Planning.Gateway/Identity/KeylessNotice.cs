using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Planning.Gateway.Identity;

/// <summary>Says at the start that nobody but this machine is served, while that is so.</summary>
internal sealed partial class KeylessNotice(Callers callers, GatewayOptions options, ILogger<KeylessNotice> logger) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!await callers.HasKeysAsync(cancellationToken))
            LoopbackOnly(logger, options.LocalWorkspace);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(EventId = 2201, Level = LogLevel.Warning,
        Message = "No API key is configured: only this machine is served, in workspace {Workspace}, as whoever it says it is. Create a key to serve others.")]
    private static partial void LoopbackOnly(ILogger logger, string workspace);
}
