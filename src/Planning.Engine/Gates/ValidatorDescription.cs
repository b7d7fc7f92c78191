namespace Planning.Engine.Gates;

/// <summary>What a validator is to those who configure it and read its findings. The pages in docs/validators are written from it.</summary>
/// <param name="Summary">What holds where nothing is found. Markdown, as all texts here.</param>
/// <param name="Notes">What parameters and rules leave open, a paragraph each.</param>
/// <param name="Rules">Every rule that it reports, but for what parsing (<c>parse.*</c>, <c>limit.*</c>), fields of a wrong type
/// (<c>field.*</c>) and keywords of JSON Schema (<c>schema.*</c>) find in any artifact.</param>
public sealed record ValidatorDescription(string Summary, IReadOnlyList<string> Notes, IReadOnlyList<RuleDescription> Rules);

/// <summary>One rule. What to do about it is the advice of its findings.</summary>
/// <param name="Id">As findings name it; waivers refer to it.</param>
/// <param name="Severity"><c>error</c>, <c>warning</c> or <c>info</c>, then what changes it; or <c>as</c> with the parameter that decides.</param>
/// <param name="Says">What is wrong.</param>
public sealed record RuleDescription(string Id, string Severity, string Says);
