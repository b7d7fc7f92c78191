namespace Planning.Crash.Tests.Support;

/// <summary>Where the server is, and waiting for it while it is nowhere.</summary>
internal sealed class Availability
{
    private volatile TaskCompletionSource<Uri> up = New();

    public void Up(Uri url) => up.TrySetResult(url);

    public void Down()
    {
        if (up.Task.IsCompleted)
            up = New();
    }

    public Task<Uri> UrlAsync(CancellationToken cancellation) => up.Task.WaitAsync(cancellation);

    private static TaskCompletionSource<Uri> New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
