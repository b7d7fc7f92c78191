using Planning.Engine.Handoff.Packs;

namespace Planning.Engine.Tests.Handoff.Support;

/// <summary>The pack of a plan that was sealed and executed, made once per run.</summary>
public static class SealedPack
{
    private static readonly Lazy<Task<byte[]>> Made = new(MakeAsync);

    public static TrustedKeys Trust { get; } = TrustedKeys.Of(TestSigner.Lead.Fingerprint, TestSigner.Reviewer.Fingerprint);

    public static Task<byte[]> BytesAsync() => Made.Value;

    private static async Task<byte[]> MakeAsync()
    {
        var world = new HandoffWorld();
        var id = await world.SealAsync();
        await world.ExecuteAsync();
        return await world.PackAsync(id);
    }
}
