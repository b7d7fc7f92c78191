using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using Planning.Domain;
using Planning.Domain.Cycles;
using Planning.Domain.Gates;
using Planning.Domain.Handoff;
using Planning.Domain.Plans;
using Planning.Domain.Rulebooks;
using Planning.Engine.Entities;
using Planning.Engine.Json;

namespace Planning.Grains.Tests;

/// <summary>Every command, event and state arrives at another silo as it left.</summary>
public sealed class WireTests : IDisposable
{
    private static readonly Type[] Families =
    [
        typeof(PlanCommand), typeof(GateRunCommand), typeof(ManifestCommand), typeof(CycleCommand), typeof(RulebookCommand),
        typeof(PlanEvent), typeof(GateRunEvent), typeof(ManifestEvent), typeof(CycleEvent), typeof(RulebookEvent),
    ];

    private readonly ServiceProvider services = new ServiceCollection().AddPlanningWire().BuildServiceProvider();

    public static TheoryData<string> Records =>
        [.. Families.SelectMany(f => f.GetNestedTypes()).Where(t => !t.IsAbstract).Select(t => $"{t.DeclaringType!.Name}.{t.Name}").Order(StringComparer.Ordinal)];

    private Serializer Wire => services.GetRequiredService<Serializer>();

    public void Dispose() => services.Dispose();

    [Theory, MemberData(nameof(Records))]
    public void A_record_of_the_domain_arrives_as_it_left(string name)
    {
        var type = Families.SelectMany(f => f.GetNestedTypes()).Single(t => $"{t.DeclaringType!.Name}.{t.Name}" == name);
        var record = Specimen.Of(type);

        var command = Wire.Deserialize<CommandMessage>(Wire.SerializeToArray(CommandMessage.Of(new CommandRequest(Entity, record, Actor, "cmd_1", long.MinValue, 7, "00-trace"))))!.To(Entity);

        Assert.IsType(type, command.Command);
        Assert.Equal(Json(record), Json(command.Command));
        Assert.Equal((Json(Actor), "cmd_1", long.MinValue, 7, "00-trace"), (Json(command.By), command.CommandId, command.CommandHash, command.IfVersion, command.Trace));
    }

    [Fact]
    public void A_refusal_arrives_with_all_its_details()
    {
        var answer = new Answer.Rejected(Rejection.Conflict("transition_blocked", "It stays.", new Blocker("finding", "a.yaml:1:2", "schema_lint")), 3);

        var arrived = Wire.Deserialize<AnswerMessage>(Wire.SerializeToArray(AnswerMessage.Of(answer)))!;

        Assert.Equal(Json(answer.Rejection), Json(Assert.IsType<Answer.Rejected>(arrived.To(Entity)).Rejection));
    }

    [Fact]
    public void A_field_of_a_later_release_does_no_harm()
    {
        var json = JsonSerializer.Deserialize<PlanCommand.CarryOver>("""{"cycle_id":"cyc_2","of_a_later_release":{"a":[1]}}""", PlanningJson.Options);

        Assert.Equal(new CycleId("cyc_2"), json?.CycleId);
    }

    private static EntityKey Entity => EntityKey.Of(new WorkspaceId("acme"), new PlanId("pln_1"));

    private static Actor Actor => new(new PersonId("per_1"), ActorKind.Service, [Role.Planner, Role.Approver]);

    private static string Json(object value) => JsonSerializer.Serialize(value, value.GetType(), PlanningJson.Options);
}
