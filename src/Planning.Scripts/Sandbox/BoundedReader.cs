namespace Planning.Scripts.Sandbox;

/// <summary>Takes what a program writes, as long as it is not too much.</summary>
internal static class BoundedReader
{
    /// <param name="tooMuch">Called once, when there is more than the limit; reading ends there.</param>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(Stream stream, int limit, Action tooMuch)
    {
        var taken = new MemoryStream();
        var buffer = new byte[16 * 1024];
        try
        {
            while (await stream.ReadAsync(buffer) is var read and > 0)
            {
                if (taken.Length + read > limit)
                {
                    tooMuch();
                    break;
                }
                taken.Write(buffer, 0, read);
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The run was ended, and its streams with it.
        }
        return taken.GetBuffer().AsMemory(0, (int)taken.Length);
    }
}
