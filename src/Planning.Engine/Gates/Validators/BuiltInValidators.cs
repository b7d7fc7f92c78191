namespace Planning.Engine.Gates.Validators;

/// <summary>The validators that every workspace has; they keep nothing between runs.</summary>
public static class BuiltInValidators
{
    public static IReadOnlyList<IValidator> All { get; } =
    [
        new JsonSchemaValidator(),
        new YamlLintValidator(),
        new ReferencesValidator(),
        new DependencyGraphValidator(),
        new TimelineValidator(),
        new ResourceCapacityValidator(),
        new CoverageValidator(),
        new ParityValidator(),
    ];
}
