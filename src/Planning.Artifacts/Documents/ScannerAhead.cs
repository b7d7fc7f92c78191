using System.Collections.Concurrent;
using YamlDotNet.Core;
using YamlDotNet.Core.Tokens;

namespace Planning.Artifacts.Documents;

/// <summary>
/// Tokens that are scanned on a thread of their own, some way ahead of the parser that takes them: of a large file, scanning is
/// most of the work, and need wait neither for the parser nor for the tree that is built.
/// </summary>
internal sealed class ScannerAhead : IScanner, IDisposable
{
    private const int Batch = 512;

    /// <summary>Batches that wait; what is ahead of its taker by more would only fill memory.</summary>
    private const int MaxBatches = 16;

    private readonly BlockingCollection<Token[]> _batches = new(MaxBatches);
    private readonly CancellationTokenSource _enough = new();
    private readonly Task _scanning;
    private Token[] _batch = [];
    private int _next;

    public ScannerAhead(IScanner scanner) =>
        _scanning = Task.Factory.StartNew(() => Scan(scanner), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    public Token? Current { get; private set; }

    /// <summary>Of what was taken, not of what is scanned by now.</summary>
    public Mark CurrentPosition => Current?.End ?? Mark.Empty;

    public bool MoveNext() => MoveNextWithoutConsuming();

    /// <exception cref="YamlException">The text cannot be scanned beyond the token before; other exceptions of a scanner as they come.</exception>
    public bool MoveNextWithoutConsuming()
    {
        Current = null;
        if (_next == _batch.Length)
        {
            if (!_batches.TryTake(out var batch, Timeout.Infinite))
            {
                _scanning.GetAwaiter().GetResult();
                return false;
            }
            (_batch, _next) = (batch, 0);
        }
        Current = _batch[_next++];
        return true;
    }

    public void ConsumeCurrent() => Current = null;

    /// <summary>Ends the scanning, wherever it is.</summary>
    public void Dispose()
    {
        _enough.Cancel();
        Task.WaitAny(_scanning);
        // Looked at, so that no runtime calls it unobserved: whoever wanted to know has been told.
        _ = _scanning.Exception;
        _batches.Dispose();
        _enough.Dispose();
    }

    private void Scan(IScanner scanner)
    {
        var batch = new List<Token>(Batch);
        try
        {
            while (scanner.MoveNext())
            {
                batch.Add(scanner.Current!);
                if (batch.Count == Batch)
                    HandOver(batch);
            }
        }
        finally
        {
            try
            {
                // What comes before a fault is the parser's all the same.
                if (batch.Count > 0)
                    HandOver(batch);
            }
            finally
            {
                _batches.CompleteAdding();
            }
        }
    }

    private void HandOver(List<Token> batch)
    {
        _batches.Add([.. batch], _enough.Token);
        batch.Clear();
    }
}
