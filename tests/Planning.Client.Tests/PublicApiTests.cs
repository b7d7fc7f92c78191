using System.Reflection;
using Planning.Testing;

namespace Planning.Client.Tests;

/// <summary>
/// What programs of others are compiled against is written down in PublicApi.txt. A line that goes away breaks them; a new one is a promise.
/// Run with PLANNING_WRITE_GOLDEN=1 to write the file anew.
/// </summary>
public sealed class PublicApiTests
{
    [Fact]
    public void The_public_api_is_the_one_that_is_written_down()
    {
        var file = Repository.At("tests", "Planning.Client.Tests", "PublicApi.txt");
        var present = string.Join('\n', typeof(PlanningClient).Assembly.GetExportedTypes().OrderBy(t => t.FullName, StringComparer.Ordinal).SelectMany(Lines)) + "\n";
        if (Environment.GetEnvironmentVariable("PLANNING_WRITE_GOLDEN") == "1")
            File.WriteAllText(file, present);

        Assert.Equal(File.ReadAllText(file), present);
    }

    private static IEnumerable<string> Lines(Type type)
    {
        yield return Name(type);
        var members = type.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Where(m => !Generated(m))
            .Select(m => $"  {Text(m)}");
        foreach (var member in members.Order(StringComparer.Ordinal))
            yield return member;
    }

    /// <summary>Accessors stand with their property; what a record has by itself is no news.</summary>
    private static bool Generated(MemberInfo member) =>
        member is Type or MethodInfo { IsSpecialName: true }
        || member.Name is "Equals" or "GetHashCode" or "ToString" or "Deconstruct" or "<Clone>$" or "PrintMembers" or "EqualityContract"
        || (member is ConstructorInfo c && c.GetParameters() is [var only] && only.ParameterType == member.DeclaringType);

    private static string Text(MemberInfo member) => member switch
    {
        ConstructorInfo c => $"new({Parameters(c)})",
        MethodInfo m => $"{Name(m.ReturnType)} {m.Name}({Parameters(m)})",
        PropertyInfo p => $"{Name(p.PropertyType)} {p.Name} {{ {(p.CanRead ? "get; " : "")}{(p.SetMethod is { IsPublic: true } ? "set; " : "")}}}",
        FieldInfo f => $"{Name(f.FieldType)} {f.Name}",
        _ => member.ToString()!,
    };

    private static string Parameters(MethodBase method) =>
        string.Join(", ", method.GetParameters().Select(p => $"{Name(p.ParameterType)} {p.Name}{(p.HasDefaultValue ? " = …" : "")}"));

    private static string Name(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } value)
            return Name(value) + "?";
        if (!type.IsGenericType)
            return type.Namespace == typeof(PlanningClient).Namespace ? type.FullName! : type.Name;
        return $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>";
    }
}
