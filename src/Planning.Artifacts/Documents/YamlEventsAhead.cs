using System.Collections.Concurrent;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Planning.Artifacts.Documents;

/// <summary>
/// Events that are scanned on a thread of their own, some way ahead of whoever takes them: of a large file, scanning it is
/// most of the work, and need not wait for the tree to be built.
/// </summary>
internal sealed class YamlEventsAhead : IYamlEvents
{
    private const int Batch = 256;

    /// <summary>Batches that wait; what is ahead of its taker by more would only fill memory.</summary>
    private const int MaxBatches = 16;

    private readonly BlockingCollection<ParsingEvent[]> _batches = new(MaxBatches);
    private readonly CancellationTokenSource _enough = new();
    private readonly Task _scanning;
    private ParsingEvent[] _batch = [];
    private int _at = -1;

    public YamlEventsAhead(YamlEvents events) =>
        _scanning = Task.Factory.StartNew(() => Scan(events), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    public (Mark At, string Reason)? Failure { get; private set; }

    public ParsingEvent Current => _batch[_at];

    public bool MoveNext()
    {
        if (++_at < _batch.Length)
            return true;
        if (!_batches.TryTake(out var next, Timeout.Infinite))
            return false;
        (_batch, _at) = (next, 0);
        return true;
    }

    /// <summary>Ends the scanning, wherever it is.</summary>
    public void Dispose()
    {
        _enough.Cancel();
        _scanning.Wait();
        _batches.Dispose();
        _enough.Dispose();
    }

    private void Scan(YamlEvents events)
    {
        try
        {
            var batch = new List<ParsingEvent>(Batch);
            while (!_enough.IsCancellationRequested && events.MoveNext())
            {
                batch.Add(events.Current);
                if (batch.Count < Batch)
                    continue;
                _batches.Add([.. batch], _enough.Token);
                batch.Clear();
            }
            Failure = events.Failure;
            if (batch.Count > 0)
                _batches.Add([.. batch], _enough.Token);
        }
        catch (OperationCanceledException) when (_enough.IsCancellationRequested)
        {
            // Whoever took the events has seen enough.
        }
        finally
        {
            _batches.CompleteAdding();
        }
    }
}
