using Microsoft.Extensions.Hosting;

namespace Planning.Gateway.Audit;

/// <summary>Every minute, and at the end, the audit is told what was only counted.</summary>
internal sealed class SuppressedReports(AuditRecorder recorder, TimeProvider time) : BackgroundService
{
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await recorder.ReportSuppressedAsync(all: true);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var minute = new PeriodicTimer(RefusalBudget.Window, time);
        try
        {
            while (await minute.WaitForNextTickAsync(stoppingToken))
                await recorder.ReportSuppressedAsync(all: false);
        }
        catch (OperationCanceledException)
        {
            // Stopped as asked, also where the host is disposed of without a stop.
        }
    }
}
