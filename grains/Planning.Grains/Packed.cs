using System.Collections.Frozen;
using System.Text.Json;
using Planning.Domain;
using Planning.Engine.Json;

namespace Planning.Grains;

/// <summary>
/// A record of the domain inside a message: its name and the JSON in which it is stored anyway. It is read where it is needed
/// and nowhere else: silos that pass a message on copy its bytes. Fields that one release has and another has not do no harm.
/// </summary>
/// <param name="Type">The record's name in C#; on the wire between releases, so renaming a record needs both names for a while.</param>
[GenerateSerializer, Immutable, Alias("planning.packed")]
public sealed record Packed([property: Id(0)] string Type, [property: Id(1)] byte[] Json)
{
    private static readonly FrozenDictionary<string, Type> Types =
        typeof(EntityKey).Assembly.GetExportedTypes().Where(type => !type.IsGenericType && !type.IsAbstract).ToFrozenDictionary(NameOf);

    public static Packed Of(object record) => new(NameOf(record.GetType()), JsonSerializer.SerializeToUtf8Bytes(record, record.GetType(), PlanningJson.Options));

    /// <exception cref="NotSupportedException">A record of a later release.</exception>
    public object Open() => Types.TryGetValue(Type, out var type)
        ? JsonSerializer.Deserialize(Json, type, PlanningJson.Options)!
        : throw new NotSupportedException($"This silo's release knows no {Type}. Update silos before gateways.");

    private static string NameOf(Type type) => type.FullName!;
}
