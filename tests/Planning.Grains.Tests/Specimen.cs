using System.Collections;
using System.Collections.Immutable;

namespace Planning.Grains.Tests;

/// <summary>A value of any domain type in which nothing is left empty.</summary>
internal static class Specimen
{
    private const int MaxDepth = 12;

    public static object Of(Type type) => Of(type, 0) ?? throw new NotSupportedException($"There is no specimen of {type}.");

    private static object? Of(Type type, int depth)
    {
        if (depth > MaxDepth)
            return null;
        var wanted = Nullable.GetUnderlyingType(type) ?? type;
        if (Simple(wanted) is { } simple)
            return simple;
        if (wanted.IsEnum)
            return wanted.GetEnumValues().GetValue(wanted.GetEnumValues().Length - 1);
        if (wanted.IsGenericType && typeof(IEnumerable).IsAssignableFrom(wanted))
            return Collection(wanted, depth);
        if (wanted.IsAbstract)
            wanted = wanted.GetNestedTypes().First(nested => nested.IsSubclassOf(wanted));
        var constructor = wanted.GetConstructors().OrderByDescending(c => c.GetParameters().Length).First();
        var made = constructor.Invoke([.. constructor.GetParameters().Select(p => Of(p.ParameterType, depth + 1))]);
        foreach (var property in wanted.GetProperties().Where(p => p.SetMethod is { IsPublic: true } && p.GetIndexParameters().Length == 0))
            property.SetValue(made, Of(property.PropertyType, depth + 1));
        return made;
    }

    private static object? Simple(Type type) =>
        type == typeof(string) ? "Größe ≥ 1"
        : type == typeof(bool) ? true
        : type == typeof(int) ? 42
        : type == typeof(long) ? long.MaxValue
        : type == typeof(decimal) ? 1.10m
        : type == typeof(double) ? 0.1
        : type == typeof(DateTimeOffset) ? new DateTimeOffset(2026, 1, 5, 12, 0, 0, TimeSpan.Zero).AddTicks(17)
        : type == typeof(DateOnly) ? new DateOnly(2026, 1, 5)
        : type == typeof(TimeSpan) ? TimeSpan.FromSeconds(1.5)
        : null;

    private static object Collection(Type type, int depth)
    {
        var arguments = type.GetGenericArguments();
        if (arguments.Length == 2)
        {
            var map = typeof(ImmutableSortedDictionary).GetMethods().Single(m => m.Name == nameof(ImmutableSortedDictionary.Create) && m.GetParameters().Length == 0)
                .MakeGenericMethod(arguments).Invoke(null, null)!;
            return map.GetType().GetMethod("Add")!.Invoke(map, [Of(arguments[0], depth + 1), Of(arguments[1], depth + 1)])!;
        }
        var items = Array.CreateInstance(arguments[0], 2);
        items.SetValue(Of(arguments[0], depth + 1), 0);
        items.SetValue(Of(arguments[0], depth + 1), 1);
        var factory = type.GetGenericTypeDefinition() == typeof(ImmutableSortedSet<>) ? typeof(ImmutableSortedSet)
            : type.GetGenericTypeDefinition() == typeof(ImmutableHashSet<>) ? typeof(ImmutableHashSet)
            : typeof(ImmutableArray);
        return factory.GetMethods().Single(m => m.Name == "Create" && m.IsGenericMethod && m.GetParameters() is [{ ParameterType.IsArray: true }])
            .MakeGenericMethod(arguments).Invoke(null, [items])!;
    }
}
