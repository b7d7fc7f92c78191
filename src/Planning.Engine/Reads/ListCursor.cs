using System.Buffers.Binary;
using System.Buffers.Text;
using System.Text;
using Planning.Domain;

namespace Planning.Engine.Reads;

/// <summary>
/// The place in a list as callers see it: base64url of the last row's created position and a hash of the workspace,
/// the list and its filters. The position never changes, so rows that change between two pages are neither skipped nor repeated.
/// </summary>
public static class ListCursor
{
    private const int Bytes = 2 * sizeof(long);

    /// <param name="list">As <see cref="ListNames"/> gives it.</param>
    public static string Write(WorkspaceId workspace, string list, long createdPosition)
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        BinaryPrimitives.WriteInt64BigEndian(bytes, createdPosition);
        BinaryPrimitives.WriteInt64BigEndian(bytes[sizeof(long)..], HashOf(workspace, list));
        return Base64Url.EncodeToString(bytes);
    }

    /// <returns>The created position before which the page starts.</returns>
    /// <exception cref="InvalidCursorException">It was not made by <see cref="Write"/> for this list.</exception>
    public static long Read(WorkspaceId workspace, string list, string? cursor)
    {
        if (cursor is null)
            return long.MaxValue;
        Span<byte> bytes = stackalloc byte[Bytes];
        if (!Base64Url.IsValid(cursor, out var length) || length != Bytes || !Base64Url.TryDecodeFromChars(cursor, bytes, out _)
            || BinaryPrimitives.ReadInt64BigEndian(bytes[sizeof(long)..]) != HashOf(workspace, list))
            throw new InvalidCursorException("The cursor was not made by this list with these filters. Start again without one.");
        return BinaryPrimitives.ReadInt64BigEndian(bytes);
    }

    private static long HashOf(WorkspaceId workspace, string list) =>
        Ids.HashOf(Encoding.UTF8.GetBytes($"{workspace.Value.Length}:{workspace.Value};{list}"));
}
