using System.Globalization;

namespace Planning.Gateway.Events;

/// <summary>A place on the stream: <c>&lt;epoch&gt;:&lt;position&gt;</c>. Positions of different epochs are not comparable.</summary>
internal readonly record struct EventPlace(string Epoch, long Position)
{
    public static EventPlace? Parse(string text)
    {
        var colon = text.LastIndexOf(':');
        return colon > 0 && long.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var position)
            ? new EventPlace(text[..colon], position)
            : null;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Epoch}:{Position}");
}
