using System.Collections.Immutable;
using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Planning.Domain.Plans;
using Planning.Engine.Json;
using Planning.Engine.Reads;

namespace Planning.Postgres.Reads;

/// <summary>Plans with their tags and words, which are written only where they differ from what stands there.</summary>
internal sealed class PlanStatements
{
    private static readonly string SavePlansSql = SqlFile.Read("reads/save_plans");
    private static readonly string UpdatePlansSql = SqlFile.Read("reads/update_plans");
    private static readonly string ForgetTagsSql = SqlFile.Read("reads/forget_tags");
    private static readonly string SaveTagsSql = SqlFile.Read("reads/save_tags");
    private static readonly string RemoveWordsSql = SqlFile.Read("reads/remove_words");
    private static readonly string ForgetWordsSql = SqlFile.Read("reads/forget_words");
    private static readonly string SaveWordsSql = SqlFile.Read("reads/save_words");

    private readonly Columns<RowChange.OfPlan> plans = PlanColumns(SavePlansSql);
    private readonly Columns<RowChange.OfPlan> knownPlans = PlanColumns(UpdatePlansSql);
    private readonly Columns<RowChange.OfPlan> forgottenTags = PlanKeys(ForgetTagsSql);
    private readonly Columns<RowChange.OfPlan> forgottenWords = PlanKeys(ForgetWordsSql);

    private readonly Columns<(RowChange.OfPlan Plan, string Name, string Value)> tags = new Columns<(RowChange.OfPlan Plan, string Name, string Value)>(SaveTagsSql)
        .Text(t => t.Plan.Workspace.Value)
        .Column(NpgsqlDbType.Bigint, t => t.Plan.Fold.CreatedPosition)
        .Text(t => t.Name)
        .Text(t => t.Value);

    private readonly Columns<(RowChange.OfPlan Plan, string Word)> removedWords = PlanWords(RemoveWordsSql);
    private readonly Columns<(RowChange.OfPlan Plan, string Word)> words = PlanWords(SaveWordsSql);

    public void Add(RowChange.OfPlan plan)
    {
        (plan.Before is null ? plans : knownPlans).Add(plan);
        if (plan.Before is not { } before || !Same(before.Tags, plan.Row.Tags))
        {
            forgottenTags.Add(plan);
            foreach (var (name, value) in plan.Row.Tags)
                tags.Add((plan, name, value));
        }
        AddWords(plan);
    }

    public void AddTo(NpgsqlBatch batch)
    {
        plans.AddTo(batch);
        knownPlans.AddTo(batch);
        forgottenTags.AddTo(batch);
        tags.AddTo(batch);
        forgottenWords.AddTo(batch);
        removedWords.AddTo(batch);
        words.AddTo(batch);
    }

    /// <exception cref="InvalidOperationException">A row that this process wrote is gone.</exception>
    public void CheckWritten() => knownPlans.CheckWritten();

    /// <summary>Where the old title is known, the words that differ; otherwise all of them.</summary>
    private void AddWords(RowChange.OfPlan plan)
    {
        if (plan.Before?.Title == plan.Row.Title)
            return;
        var now = TitleWords.Of(plan.Row.Title);
        var before = plan.Before is { } known ? TitleWords.Of(known.Title) : [];
        if (plan.Before is null)
            forgottenWords.Add(plan);
        foreach (var word in before.Except(now, StringComparer.Ordinal))
            removedWords.Add((plan, word));
        foreach (var word in now.Except(before, StringComparer.Ordinal))
            words.Add((plan, word));
    }

    private static Columns<(RowChange.OfPlan Plan, string Word)> PlanWords(string sql) => new Columns<(RowChange.OfPlan Plan, string Word)>(sql)
        .Text(w => w.Plan.Workspace.Value)
        .Column(NpgsqlDbType.Bigint, w => w.Plan.Fold.CreatedPosition)
        .Text(w => w.Word);

    private static Columns<RowChange.OfPlan> PlanColumns(string sql) => new Columns<RowChange.OfPlan>(sql)
        .Text(p => p.Workspace.Value)
        .Text(p => p.Row.Id.Value)
        .Text(p => p.Row.Title)
        .Text(p => p.Row.Stream)
        .Text(p => WireNames.Status.Of(p.Row.Status))
        .Column(NpgsqlDbType.Boolean, p => Lifecycle.IsClosed(p.Row.Status))
        .Column(NpgsqlDbType.Smallint, p => (short)p.Row.Priority)
        .Text(p => p.Row.Author.Value)
        .Text(p => p.Row.CycleId.Value)
        .Column(NpgsqlDbType.Json, p => TagsJson(p.Row.Tags))
        .Column(NpgsqlDbType.Integer, p => p.Row.TaskCount)
        .Column(NpgsqlDbType.Numeric, p => p.Row.Points)
        .Text(p => p.Row.Pending is { } trigger ? WireNames.Trigger.Of(trigger) : null)
        .Text(p => p.Row.Manifest?.Value)
        .Text(p => p.Row.ContentHash.Value)
        .Column(NpgsqlDbType.Bigint, p => p.Row.Version)
        .Column(NpgsqlDbType.Bigint, p => p.Row.Position)
        .Column(NpgsqlDbType.Bigint, p => p.Fold.CreatedPosition)
        .Column(NpgsqlDbType.Bigint, p => p.Fold.ExecutedPosition)
        .Time(p => p.Row.CreatedAt)
        .Time(p => p.Row.UpdatedAt);

    private static Columns<RowChange.OfPlan> PlanKeys(string sql) =>
        new Columns<RowChange.OfPlan>(sql).Text(p => p.Workspace.Value).Column(NpgsqlDbType.Bigint, p => p.Fold.CreatedPosition);

    private static string TagsJson(ImmutableSortedDictionary<string, string> tags) =>
        tags.IsEmpty ? "{}" : JsonSerializer.Serialize(tags, PlanningJson.Options);

    private static bool Same(ImmutableSortedDictionary<string, string> one, ImmutableSortedDictionary<string, string> other) =>
        ReferenceEquals(one, other) || one.SequenceEqual(other);
}
