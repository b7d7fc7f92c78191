using System.Text;
using Planning.Domain;
using Planning.Engine.Log;

namespace Planning.Benchmarks.Log;

/// <summary>One event of an ordinary transition, of the size that they have.</summary>
internal static class SampleAppend
{
    public static readonly WorkspaceId Workspace = new("wsp_bench");

    public static readonly byte[] Data = Encoding.UTF8.GetBytes(
        """{"from":"planned","to":"ready_for_handoff","trigger":"validate_complete","gate_run":"gtr_01jx3v7k9m2n4p6q8r0s2t4v6w","content":"sha256:9f86d081884c7d65","reason":null}""");

    public static readonly byte[] Meta = Encoding.UTF8.GetBytes(
        """{"actor":"per_8f3a2c71","actor_kind":"person","trace_id":"4bf92f3577b34da6a3ce929d0e0e4736"}""");

    public static EntityKey Entity(int caller) => new(Workspace, EntityKind.Plan, $"pln_01jx3v7k9m2n4p6q8r{caller:x6}");

    public static Append Of(EntityKey entity, long version)
    {
        var command = $"cmd_{Guid.CreateVersion7():N}";
        return new(entity, version, command, version * 31, DateTimeOffset.UtcNow, Meta, [new(command + ".0", "STATE_TRANSITION", 1, Data)]);
    }
}
