using System.Runtime.CompilerServices;
using Planning.Artifacts.Documents;

namespace Planning.Artifacts.Schema;

/// <summary>What one evaluation carries along: the dynamic scope, the patterns that ran out of time, and memory to use again.</summary>
internal sealed class Evaluation
{
    /// <summary>Schemas that apply one inside the other; far above real schemas, and below the end of the stack.</summary>
    private const int MaxDepth = 1_000;

    /// <summary>The stack is measured at every so manyth schema.</summary>
    private const int StackStride = 16;

    private readonly int _maxSteps;

    private readonly Stack<Evaluated> _free = new();
    private DocumentTree? _name;
    private HashSet<Pattern>? _timedOut;
    private int _depth;
    private int _steps;

    /// <param name="maxSteps">See <see cref="SchemaOptions.MaxSteps"/>.</param>
    public Evaluation(int maxSteps) => _maxSteps = maxSteps;

    /// <summary>The resources that were entered, outermost first.</summary>
    public List<SchemaScope> Scope { get; } = [];

    /// <summary>Why the evaluation was given up; null while it was not. Nothing is valid from then on, so that it ends soon.</summary>
    public SchemaProblem? GivenUp { get; private set; }

    /// <summary>Enters a schema; false where that leads too deep or takes too long.</summary>
    public bool Enter(DocumentNode instance, string location)
    {
        _depth++;
        if (GivenUp is null && (_depth > MaxDepth || (_depth % StackStride == 0 && !RuntimeHelpers.TryEnsureSufficientExecutionStack())))
        {
            GivenUp = Keyword.Problem(
                instance, "recursion", location, "The schema refers to itself without end.", "Mend the schema; the instance may be right.");
        }
        else if (GivenUp is null && ++_steps > _maxSteps)
        {
            GivenUp = Keyword.Problem(
                instance, "max_steps", location, $"Judging takes more than max_steps = {_maxSteps} steps.", "Let fewer alternatives of the schema apply to one value, or raise the limit.");
        }
        return GivenUp is null;
    }

    public void Leave() => _depth--;

    /// <summary>Patterns that timed out once are not tried again in this evaluation.</summary>
    public bool HasTimedOut(Pattern pattern) => _timedOut is not null && _timedOut.Contains(pattern);

    public void TimeOut(Pattern pattern) => (_timedOut ??= []).Add(pattern);

    /// <summary>Marks for an instance, none set; to give back.</summary>
    public Evaluated Rent(DocumentNode instance) => Rent(instance switch
    {
        { IsMapping: true, Entries.Count: var count } => count,
        { IsSequence: true, Elements.Count: var count } => count,
        _ => 0,
    });

    /// <summary>Marks for as many; to give back.</summary>
    public Evaluated Rent(int count)
    {
        var marks = _free.TryPop(out var used) ? used : new Evaluated();
        marks.Reset(count);
        return marks;
    }

    public void Return(Evaluated marks) => _free.Push(marks);

    /// <summary>A key as an instance. There is one, which bears each name in turn, for names hold nothing that is judged while they are.</summary>
    public DocumentNode NameOf(string key)
    {
        _name ??= DocumentTree.OfText(key);
        _name.SetText(key);
        return new DocumentNode(_name, 0);
    }
}
