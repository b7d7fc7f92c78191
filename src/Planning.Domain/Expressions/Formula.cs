namespace Planning.Domain.Expressions;

/// <summary>A checked expression with the text that it was written as.</summary>
public sealed record Formula(string Text);
