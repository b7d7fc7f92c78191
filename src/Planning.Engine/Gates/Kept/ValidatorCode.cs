using Planning.Artifacts;
using Planning.Domain.Plans;

namespace Planning.Engine.Gates.Kept;

/// <summary>
/// Which code a result came from. The version that a validator states is raised by people, who may forget what it is made
/// of; so the build of every assembly that judges belongs to it. A release that changes any of them finds nothing kept.
/// </summary>
internal static class ValidatorCode
{
    private static readonly Type[] Shared = [typeof(IValidator), typeof(Finding), typeof(Plan)];

    public static string VersionOf(IValidator validator) =>
        $"{validator.Version}-{CacheKeys.OfBuild(Shared.Append(validator.GetType()).Select(t => t.Module.ModuleVersionId))}";
}
