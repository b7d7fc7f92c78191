using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Planning.Artifacts.Documents;

/// <summary>The events of a YAML text, one by one.</summary>
internal interface IYamlEvents : IDisposable
{
    /// <summary>Why and where the events ended; null while all is well.</summary>
    (Mark At, string Reason)? Failure { get; }

    /// <summary>The event that <see cref="MoveNext"/> reached.</summary>
    ParsingEvent Current { get; }

    bool MoveNext();
}
