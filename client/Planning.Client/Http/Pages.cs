using System.Runtime.CompilerServices;
using Planning.Contracts;

namespace Planning.Client.Http;

/// <summary>Follows a list's cursors from page to page.</summary>
internal static class Pages
{
    /// <summary>Items of one request; the most that the server gives.</summary>
    public const int Size = 200;

    /// <summary>All items of a list, fetched as they are asked for.</summary>
    public static async IAsyncEnumerable<T> AllAsync<T>(
        Func<string?, CancellationToken, Task<Page<T>>> pageAt, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        string? cursor = null;
        do
        {
            var page = await pageAt(cursor, cancellation);
            foreach (var item in page.Items)
                yield return item;
            cursor = page.NextCursor;
        }
        while (cursor is not null);
    }
}
