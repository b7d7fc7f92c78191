using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Planning.Artifacts.Documents;

/// <summary>The tags of YAML's core schema.</summary>
internal static class YamlTags
{
    public const string Core = "tag:yaml.org,2002:";

    /// <summary>The kind of a scalar by its tag, its quotes and its text; a problem is a sentence.</summary>
    public static NodeKind KindOf(Scalar scalar, out string? problem)
    {
        problem = null;
        if (scalar.Tag.IsEmpty)
            return scalar.Style == ScalarStyle.Plain ? CoreSchema.Resolve(scalar.Value) : NodeKind.String;
        if (scalar.Tag.IsNonSpecific)
            return NodeKind.String;
        var resolved = CoreSchema.Resolve(scalar.Value);
        var fits = scalar.Tag.Value switch
        {
            Core + "str" => NodeKind.String,
            Core + "null" when resolved == NodeKind.Null => NodeKind.Null,
            Core + "bool" when resolved == NodeKind.Boolean => NodeKind.Boolean,
            Core + "int" when resolved == NodeKind.Integer => NodeKind.Integer,
            Core + "float" when resolved is NodeKind.Integer or NodeKind.Number => NodeKind.Number,
            _ => (NodeKind?)null,
        };
        if (fits is null)
            problem = $"The tag {scalar.Tag.Value} does not fit '{scalar.Value}', or is not one of YAML's core schema.";
        return fits ?? NodeKind.String;
    }
}
