namespace Planning.Domain;

/// <summary>A typed id: one string value, written as that string wherever it is stored or sent.</summary>
public interface ITypedId<TSelf> where TSelf : struct, ITypedId<TSelf>
{
    string Value { get; }

    static abstract TSelf From(string value);
}

/// <summary>The tenant. Every other id lives in exactly one workspace.</summary>
public readonly record struct WorkspaceId(string Value) : ITypedId<WorkspaceId>
{
    public static WorkspaceId From(string value) => new(value);
    public override string ToString() => Value;
}

public readonly record struct PlanId(string Value) : ITypedId<PlanId>
{
    public static PlanId From(string value) => new(value);
    public override string ToString() => Value;
}

public readonly record struct GateRunId(string Value) : ITypedId<GateRunId>
{
    public static GateRunId From(string value) => new(value);
    public override string ToString() => Value;
}

public readonly record struct ManifestId(string Value) : ITypedId<ManifestId>
{
    public static ManifestId From(string value) => new(value);
    public override string ToString() => Value;
}

public readonly record struct CycleId(string Value) : ITypedId<CycleId>
{
    public static CycleId From(string value) => new(value);
    public override string ToString() => Value;
}

/// <summary>A shared environment. It bears the name of the tree in which it was registered, so that one who knows the id finds its tree.</summary>
public readonly record struct EnvironmentId(string Value) : ITypedId<EnvironmentId>
{
    public static EnvironmentId From(string value) => new(value);
    public override string ToString() => Value;
}

/// <summary>A root environment with everything below it: whose schedule is one.</summary>
public readonly record struct EnvironmentTreeId(string Value) : ITypedId<EnvironmentTreeId>
{
    public static EnvironmentTreeId From(string value) => new(value);
    public override string ToString() => Value;
}

public readonly record struct BookingId(string Value) : ITypedId<BookingId>
{
    public static BookingId From(string value) => new(value);
    public override string ToString() => Value;
}

/// <summary>The intent to refresh an environment.</summary>
public readonly record struct RefreshId(string Value) : ITypedId<RefreshId>
{
    public static RefreshId From(string value) => new(value);
    public override string ToString() => Value;
}

/// <summary>A pseudonymous person or service. Names and contacts live outside the log, where they can be erased.</summary>
public readonly record struct PersonId(string Value) : ITypedId<PersonId>
{
    public static PersonId From(string value) => new(value);
    public override string ToString() => Value;
}

/// <summary>SHA-256 of bytes as received, written <c>sha256:</c> and 64 lower-case hexadecimal digits.</summary>
public readonly record struct ContentHash(string Value) : ITypedId<ContentHash>
{
    public static ContentHash From(string value) => new(value);
    public override string ToString() => Value;
}
