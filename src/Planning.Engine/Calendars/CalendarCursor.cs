using System.Buffers.Binary;
using System.Buffers.Text;
using System.Text;
using Planning.Domain;
using Planning.Engine.Reads;

namespace Planning.Engine.Calendars;

/// <summary>
/// The place in a calendar as callers see it: base64url of start, a hash of workspace and filters, and id. An entry that is moved
/// between two pages is seen where it then stands: twice if it moved on, not again if it moved back.
/// </summary>
public static class CalendarCursor
{
    private const int Head = 2 * sizeof(long);
    private const int MaxBytes = Head + 200;

    public static string Write(WorkspaceId workspace, CalendarFilter filter, CalendarPlace place)
    {
        var bytes = new byte[Head + Encoding.UTF8.GetByteCount(place.Id)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, place.At.UtcTicks);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(sizeof(long)), HashOf(workspace, filter));
        Encoding.UTF8.GetBytes(place.Id, bytes.AsSpan(Head));
        return Base64Url.EncodeToString(bytes);
    }

    /// <returns>Null where there is no cursor: at the beginning.</returns>
    /// <exception cref="InvalidCursorException">It was not made by <see cref="Write"/> for this calendar.</exception>
    public static CalendarPlace? Read(WorkspaceId workspace, CalendarFilter filter, string? cursor)
    {
        if (cursor is null)
            return null;
        Span<byte> bytes = stackalloc byte[MaxBytes];
        if (!Base64Url.IsValid(cursor, out var length) || length is <= Head or > MaxBytes || !Base64Url.TryDecodeFromChars(cursor, bytes, out _)
            || BinaryPrimitives.ReadInt64BigEndian(bytes[sizeof(long)..]) != HashOf(workspace, filter)
            || BinaryPrimitives.ReadInt64BigEndian(bytes) is var ticks && (ticks < 0 || ticks > DateTimeOffset.MaxValue.UtcTicks))
            throw new InvalidCursorException("The cursor was not made by this calendar with these filters. Start again without one.");
        return new CalendarPlace(new DateTimeOffset(ticks, TimeSpan.Zero), Encoding.UTF8.GetString(bytes[Head..length]));
    }

    private static long HashOf(WorkspaceId workspace, CalendarFilter filter) =>
        Ids.HashOf(Encoding.UTF8.GetBytes($"{workspace.Value.Length}:{workspace.Value};{ListNames.Calendar(filter)}"));
}
