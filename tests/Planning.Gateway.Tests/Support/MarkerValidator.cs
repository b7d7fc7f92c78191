using System.Text;
using Planning.Artifacts;
using Planning.Domain.Rulebooks;
using Planning.Engine.Gates;

namespace Planning.Gateway.Tests.Support;

/// <summary>Fails on artifacts that say BROKEN, and takes its time over those that say SLOW, until it is released.</summary>
internal sealed class MarkerValidator : IValidator
{
    private readonly TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Type => "marker";
    public string Version => "1";
    public IReadOnlyList<ValidatorParameter> Parameters => [];

    /// <summary>Never kept: it waits anew each time.</summary>
    public string? CacheScope(GateInput input) => null;

    public void Release() => released.TrySetResult();

    public async ValueTask<IReadOnlyList<Finding>> ValidateAsync(GateInput input, ValidatorDefinition definition, CancellationToken cancellation)
    {
        var findings = new List<Finding>();
        foreach (var artifact in input.Artifacts)
        {
            var text = Encoding.UTF8.GetString(artifact.Content.Bytes.Span);
            if (text.Contains("SLOW", StringComparison.Ordinal))
                await released.Task.WaitAsync(cancellation);
            if (text.Contains("BROKEN", StringComparison.Ordinal))
                findings.Add(new Finding(artifact.Name, 1, 1, "", "marker.broken", Severity.Error, $"{artifact.Name} says that it is broken.", "Mend it."));
        }
        return findings;
    }
}
