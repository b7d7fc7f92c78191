namespace Planning.Postgres.Leases;

public sealed record LeaseOptions
{
    /// <summary>How long the lease holds without being renewed; a take-over after a crash waits as long. Default 5 s.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How often the holder renews it. Default 1.5 s; less than half of <see cref="Duration"/>.</summary>
    public TimeSpan RenewEvery { get; init; } = TimeSpan.FromSeconds(1.5);

    /// <summary>How often those who wait for it try. Default 1 s.</summary>
    public TimeSpan TryEvery { get; init; } = TimeSpan.FromSeconds(1);

    /// <exception cref="ArgumentException">Names the setting that cannot work.</exception>
    public void Validate()
    {
        if (Duration <= TimeSpan.Zero || RenewEvery <= TimeSpan.Zero || TryEvery <= TimeSpan.Zero)
            throw new ArgumentException($"{nameof(Duration)}, {nameof(RenewEvery)} and {nameof(TryEvery)} must be above zero.");
        if (RenewEvery * 2 >= Duration)
            throw new ArgumentException($"{nameof(RenewEvery)} must be less than half of {nameof(Duration)}, so that one renewal may fail.");
    }
}
