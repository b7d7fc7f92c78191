namespace Planning.Contracts;

/// <summary>A rulebook that is to hold from now on. All files together make one version.</summary>
/// <param name="Files">gates.yaml, governance.yaml, kpis.yaml, sealing.yaml, calendars.yaml and, where the workspace has kinds of its own, artifacts.yaml, each with its text.</param>
public sealed record ActivateRulebookRequest(IReadOnlyDictionary<string, string> Files);

/// <param name="Hash">Over all files; manifests and gate runs name it.</param>
/// <param name="Shipped">Whether this is the rulebook that workspaces without one of their own live by.</param>
/// <param name="Files">File name to text.</param>
public sealed record RulebookView(string Hash, bool Shipped, IReadOnlyDictionary<string, string> Files, long Version, long Position, string? Replaces = null);
