namespace Planning.Client.Http;

/// <summary>The highest position seen.</summary>
internal sealed class PositionMemory
{
    private long last;

    public long Last => Interlocked.Read(ref last);

    public void Saw(long position)
    {
        for (var before = Last; before < position;)
        {
            var found = Interlocked.CompareExchange(ref last, position, before);
            if (found == before)
                return;
            before = found;
        }
    }

    /// <summary>Positions of another epoch of the log are not comparable with those before.</summary>
    public void StartFrom(long position) => Interlocked.Exchange(ref last, position);
}
