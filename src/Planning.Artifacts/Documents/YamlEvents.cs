using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Planning.Artifacts.Documents;

/// <summary>The events of a YAML text, one by one; malformed text ends them with a reason instead of an exception.</summary>
internal sealed class YamlEvents(IScanner scanner)
{
    private readonly Parser _parser = new(scanner);

    /// <summary>Why and where the events ended; null while all is well.</summary>
    public (Mark At, string Reason)? Failure { get; private set; }

    /// <summary>The event that <see cref="MoveNext"/> reached.</summary>
    public ParsingEvent Current => _parser.Current!;

    public bool MoveNext()
    {
        if (Failure is not null)
            return false;
        try
        {
            return _parser.MoveNext();
        }
        catch (YamlException error)
        {
            // Some errors come without their place.
            Failure = (error.End.Index == 0 ? _parser.Current?.End ?? error.End : error.End, error.Message);
        }
        catch (Exception error) when (error is InvalidOperationException or ArgumentException or FormatException
            or OverflowException or IndexOutOfRangeException or KeyNotFoundException or NullReferenceException)
        {
            // The scanner answers some malformed input with slips of its own; to the author these are syntax errors too.
            Failure = (_parser.Current?.End ?? Mark.Empty, "it cannot be scanned beyond this place");
        }
        return false;
    }
}
