using System.Security.Cryptography;
using Planning.Domain;
using Planning.Engine.Blobs;

namespace Planning.Postgres.Blobs;

/// <summary>Blobs in the table of that name, as the request role.</summary>
public sealed class PostgresBlobStore(PlanningDatabase database) : IBlobStore
{
    private const string Prefix = "sha256:";

    private static readonly string PutSql = SqlFile.Read("blobs/put");
    private static readonly string GetSql = SqlFile.Read("blobs/get");

    public async ValueTask<ContentHash> PutAsync(WorkspaceId workspace, ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        var hash = SHA256.HashData(bytes.Span);
        await using var request = await RequestBatch.OpenAsync(database, workspace, cancellation);
        await request.WriteAsync(PutSql, cancellation, workspace.Value, hash, bytes);
        return ContentHash.From(Prefix + Convert.ToHexStringLower(hash));
    }

    public async ValueTask<ReadOnlyMemory<byte>?> GetAsync(WorkspaceId workspace, ContentHash hash, CancellationToken cancellation)
    {
        var expected = Convert.FromHexString(hash.Value.AsSpan(Prefix.Length));
        await using var request = await RequestBatch.OpenAsync(database, workspace, cancellation);
        await using var reader = await request.ReadLargeAsync(GetSql, cancellation, workspace.Value, expected);
        if (!await reader.ReadAsync(cancellation))
            return null;
        var bytes = await reader.GetFieldValueAsync<byte[]>(0, cancellation);
        return SHA256.HashData(bytes).AsSpan().SequenceEqual(expected)
            ? bytes
            : throw new BlobDamagedException($"The bytes of {hash} in workspace {workspace} are not those that were stored. Restore the blob from a backup.");
    }
}
