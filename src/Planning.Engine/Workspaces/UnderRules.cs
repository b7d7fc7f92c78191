using Planning.Domain;
using Planning.Domain.Rulebooks;
using Planning.Engine.Entities;
using Planning.Engine.Rulebooks;

namespace Planning.Engine.Workspaces;

/// <summary>Looks at a fold under the rulebook that the fold itself says holds: position and rules belong together.</summary>
internal static class UnderRules
{
    /// <param name="rulebook">The hash of the rulebook that holds; null for the shipped one.</param>
    public static async ValueTask<T> LookAsync<TFold, T>(
        this WorkspaceFollower<TFold> follower, Func<TFold, ContentHash?> rulebook, IRulebooks rulebooks, Func<TFold, Rulebook, T> look, CancellationToken cancellation)
        where TFold : class
    {
        while (true)
        {
            var hash = follower.Look(rulebook);
            var rules = await rulebooks.ByHashAsync(follower.Workspace, hash ?? DefaultRulebook.Load().Hash, cancellation);
            // Another one may have been activated while this one was fetched.
            if (follower.Look(fold => rulebook(fold) == hash ? new Box<T>(look(fold, rules)) : null) is { } seen)
                return seen.Value;
        }
    }

    private sealed record Box<T>(T Value);
}
