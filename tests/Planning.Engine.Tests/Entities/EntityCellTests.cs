using Planning.Domain.Plans;
using Planning.Engine.Entities;
using Planning.Engine.Log;

namespace Planning.Engine.Tests.Entities;

public class EntityCellTests
{
    [Fact]
    public async Task A_command_is_answered_with_its_version_and_position()
    {
        var test = new TestHost();
        var created = await test.AcceptAsync(TestHost.Create("pln_1"));
        var updated = await test.AcceptAsync(TestHost.Retitle("pln_1", "Cards", "c2"));
        Assert.Equal((1, 1L, 2, 2L), ((int)created.Version, created.Position, (int)updated.Version, updated.Position));
        Assert.Equal("Cards", ((Plan)updated.State).Title);
    }

    [Fact]
    public async Task A_repeated_command_is_answered_as_the_first_time_and_writes_nothing()
    {
        var test = new TestHost();
        await test.AcceptAsync(TestHost.Create("pln_1"));
        var first = await test.AcceptAsync(TestHost.Retitle("pln_1", "Cards", "c2"));
        await test.AcceptAsync(TestHost.Retitle("pln_1", "Later", "c3"));

        var again = await test.AcceptAsync(TestHost.Retitle("pln_1", "Cards", "c2"));
        Assert.Equal((first.Version, first.Position, true), (again.Version, again.Position, again.Repeated));
        Assert.Equal(3, await test.Log.HeadAsync(0, default));
    }

    [Fact]
    public async Task A_repeated_command_is_known_to_a_process_that_has_just_started()
    {
        var before = new TestHost();
        await before.AcceptAsync(TestHost.Create("pln_1"));
        var after = new TestHost(before.Log);
        Assert.True((await after.AcceptAsync(TestHost.Create("pln_1"))).Repeated);
    }

    [Fact]
    public async Task Another_body_under_a_used_command_id_is_refused()
    {
        var test = new TestHost();
        await test.AcceptAsync(TestHost.Create("pln_1"));
        await test.AcceptAsync(TestHost.Retitle("pln_1", "Cards", "c2", hash: 1));
        Assert.Equal("idempotency_key_reused", await test.RefuseAsync(TestHost.Retitle("pln_1", "Other", "c2", hash: 2)));
    }

    [Fact]
    public async Task A_stale_expected_version_is_refused()
    {
        var test = new TestHost();
        await test.AcceptAsync(TestHost.Create("pln_1"));
        await test.AcceptAsync(TestHost.Retitle("pln_1", "Cards", "c2"));
        Assert.Equal("version_mismatch", await test.RefuseAsync(TestHost.Retitle("pln_1", "Other", "c3", ifVersion: 1)));
        await test.AcceptAsync(TestHost.Retitle("pln_1", "Other", "c4", ifVersion: 2));
    }

    [Fact]
    public async Task Of_two_hosts_on_one_log_the_slower_decides_again_on_what_the_faster_wrote()
    {
        var one = new TestHost();
        var two = new TestHost(one.Log);
        await one.AcceptAsync(TestHost.Create("pln_1"));
        await two.AcceptAsync(TestHost.Retitle("pln_1", "From two", "c2"));
        var answer = await one.AcceptAsync(TestHost.Retitle("pln_1", "From one", "c3"));
        Assert.Equal(3, answer.Version);
    }

    [Fact]
    public async Task A_new_epoch_makes_cells_read_again()
    {
        var test = new TestHost();
        await test.AcceptAsync(TestHost.Create("pln_1"));
        await new TestHost(test.Log).AcceptAsync(TestHost.Retitle("pln_1", "Behind the back", "c2"));
        test.Memory.ChangeEpoch("memory-2");
        var state = await test.Host.ReadAsync(TestHost.Plan("pln_1"), default);
        Assert.Equal("Behind the back", ((Plan)state.State).Title);
    }

    [Fact]
    public async Task After_an_unknown_outcome_the_truth_is_read_before_anything_is_decided()
    {
        var log = new LosesAnswers();
        var test = new TestHost(log);
        await test.AcceptAsync(TestHost.Create("pln_1"));
        log.LoseNext = true;
        Assert.Equal("outcome_unknown", await test.RefuseAsync(TestHost.Retitle("pln_1", "Cards", "c2")));
        Assert.True((await test.AcceptAsync(TestHost.Retitle("pln_1", "Cards", "c2"))).Repeated);
        Assert.Equal(2, await log.HeadAsync(0, default));
    }

    [Fact]
    public async Task A_full_log_is_an_answer_and_changes_nothing()
    {
        var log = new LosesAnswers();
        var test = new TestHost(log);
        await test.AcceptAsync(TestHost.Create("pln_1"));
        log.RefuseNext = true;
        Assert.Equal("log_unavailable", await test.RefuseAsync(TestHost.Retitle("pln_1", "Cards", "c2")));
        Assert.False((await test.AcceptAsync(TestHost.Retitle("pln_1", "Cards", "c2"))).Repeated);
    }

    [Fact]
    public async Task A_text_that_cannot_be_stored_is_refused_with_a_sentence()
    {
        var test = new TestHost();
        await test.AcceptAsync(TestHost.Create("pln_1"));
        Assert.Equal("data_not_storable", await test.RefuseAsync(TestHost.Retitle("pln_1", "nul \0 inside", "c2")));
    }

    /// <summary>The in-memory log with a wire that can be cut.</summary>
    private sealed class LosesAnswers : IEventLog
    {
        private readonly InMemory.InMemoryEventLog log = new();

        public event Action<string>? EpochChanged { add => log.EpochChanged += value; remove => log.EpochChanged -= value; }
        public event Action<Committed>? EventsCommitted { add => log.EventsCommitted += value; remove => log.EventsCommitted -= value; }

        public bool LoseNext { get; set; }
        public bool RefuseNext { get; set; }
        public int PartitionCount => log.PartitionCount;
        public string Epoch => log.Epoch;

        public async ValueTask<AppendOutcome> AppendAsync(Append append, CancellationToken cancellation)
        {
            if (RefuseNext)
            {
                RefuseNext = false;
                return new AppendOutcome.Unavailable("The queue is full.", TimeSpan.FromSeconds(1));
            }
            var outcome = await log.AppendAsync(append, cancellation);
            if (!LoseNext)
                return outcome;
            LoseNext = false;
            return new AppendOutcome.Unknown("The answer was lost.");
        }

        public ValueTask<IReadOnlyList<StoredEvent>> ReadEntityAsync(Domain.EntityKey entity, long afterVersion, CancellationToken cancellation) => log.ReadEntityAsync(entity, afterVersion, cancellation);
        public ValueTask<IReadOnlyList<StoredEvent>> ReadAsync(int partition, long afterPosition, int maxEvents, CancellationToken cancellation) => log.ReadAsync(partition, afterPosition, maxEvents, cancellation);
        public ValueTask<IReadOnlyList<StoredEvent>> ReadWorkspaceAsync(Domain.WorkspaceId workspace, long afterPosition, int maxEvents, CancellationToken cancellation) => log.ReadWorkspaceAsync(workspace, afterPosition, maxEvents, cancellation);
        public ValueTask<long> HeadAsync(int partition, CancellationToken cancellation) => log.HeadAsync(partition, cancellation);
        public int PartitionOf(Domain.WorkspaceId workspace) => log.PartitionOf(workspace);
    }
}
