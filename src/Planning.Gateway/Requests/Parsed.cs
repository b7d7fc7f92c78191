using Planning.Gateway.Errors;

namespace Planning.Gateway.Requests;

/// <summary>What reading a part of a request gave: a value, or the problem that the caller is told.</summary>
internal readonly record struct Parsed<T>(T? Value, ProblemResult? Problem)
{
    public static implicit operator Parsed<T>(T value) => new(value, null);

    public static implicit operator Parsed<T>(ProblemResult problem) => new(default, problem);
}
