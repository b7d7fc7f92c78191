namespace Planning.Artifacts.Documents;

/// <summary>A name that refers to something else, with the node it was read from.</summary>
/// <param name="Name">The name as written.</param>
/// <param name="Node">Where it stands.</param>
public readonly record struct Reference(string Name, DocumentNode Node);
