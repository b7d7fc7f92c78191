using Microsoft.Extensions.DependencyInjection;
using Orleans.Providers;
using Orleans.Serialization;
using Planning.Grains.Workspaces;

namespace Planning.Grains.Tests;

public sealed class CompressedBodiesTests : IDisposable
{
    private readonly ServiceProvider services = new ServiceCollection().AddPlanningWire().BuildServiceProvider();

    private CompressedBodies Bodies => new(services.GetRequiredService<Serializer<MemoryMessageBody>>());

    public void Dispose() => services.Dispose();

    [Fact]
    public void A_message_of_many_events_is_small_on_its_way_and_arrives_as_it_left()
    {
        var message = Message(200);

        var sent = Bodies.Serialize(new MemoryMessageBody([message], []));

        Assert.InRange(sent.Count, 1, message.Events.Sum(e => e.Data.Length) / 3);
        var arrived = Assert.IsType<EventsMessage>(Assert.Single(Bodies.Deserialize(sent).Events));
        Assert.Equal((message.Epoch, message.Partition, message.Previous), (arrived.Epoch, arrived.Partition, arrived.Previous));
        Assert.Equal(message.Events.Select(Told), arrived.Events.Select(Told));
    }

    [Fact]
    public void A_message_that_was_cut_off_is_refused()
    {
        var sent = Bodies.Serialize(new MemoryMessageBody([Message(20)], []));

        Assert.Throws<InvalidDataException>(() => Bodies.Deserialize(sent[..^7]));
    }

    private static EventsMessage Message(int events) => new(
        "epoch", 0, 6,
        [.. Enumerable.Range(7, events).Select(i => new EventMessage(i, 0, $"pln_{i}", 1, $"evt_{i:D26}", "plan_created", 1, Data(i), 638_000_000_000_000_000 + i))]);

    private static byte[] Data(int i) => System.Text.Encoding.UTF8.GetBytes($$"""{"plan_id":"pln_{{i}}","title":"Plan {{i}}","stream":"payments","cycle_id":"cyc_1"}""");

    private static string Told(EventMessage e) =>
        $"{e.Position} {e.Kind} {e.Entity} {e.Version} {e.EventId} {e.Type} {e.SchemaVersion} {Convert.ToHexString(e.Data)} {e.AtTicks}";
}
