using System.Globalization;

namespace Planning.Client.Events;

/// <summary>A place on the stream: <c>&lt;epoch&gt;:&lt;position&gt;</c>, or a bare position of whatever epoch there is.</summary>
internal readonly record struct StreamPlace(string? Epoch, long Position)
{
    public static StreamPlace? Parse(string? text)
    {
        if (text is null)
            return null;
        var colon = text.LastIndexOf(':');
        return long.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var position)
            ? new StreamPlace(colon < 0 ? null : text[..colon], position)
            : null;
    }

    /// <summary>False where one of both does not say its epoch.</summary>
    public bool IsOfAnotherEpochThan(StreamPlace other) => Epoch is not null && other.Epoch is not null && Epoch != other.Epoch;

    public override string ToString() => Epoch is null ? Position.ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{Epoch}:{Position}");
}
